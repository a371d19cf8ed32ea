import { ScrollText } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import type { AuditEntry } from '#lib/types.ts';
import { DataTable, type Column } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';

const columns = (): Column<AuditEntry>[] => [
  { id: 'at', header: t('audit.column.at'), width: '9rem', fixed: true, cell: (entry) => <Time at={entry.at} />, csv: (entry) => entry.at },
  { id: 'actor', header: t('audit.column.actor'), cell: (entry) => entry.actor.name, csv: (entry) => entry.actor.name },
  {
    id: 'operation',
    header: t('audit.column.operation'),
    cell: (entry) => <code className="text-xs">{entry.operation}</code>,
    csv: (entry) => entry.operation,
  },
  { id: 'result', header: t('audit.column.result'), cell: (entry) => <State variant="plain" value={entry.result} />, csv: (entry) => entry.result },
  {
    id: 'reason',
    header: t('audit.column.reason'),
    hideBelow: 'lg',
    cell: (entry) => <span className="text-ink-2">{entry.reason?.text}</span>,
    csv: (entry) => entry.reason?.text,
  },
  {
    id: 'surface',
    header: t('audit.column.surface'),
    hideBelow: 'md',
    width: '7rem',
    cell: (entry) => <span className="text-ink-2">{entry.surface}</span>,
    csv: (entry) => entry.surface,
  },
  {
    id: 'request',
    header: t('audit.column.request'),
    optional: true,
    cell: (entry) => <code className="text-xs">{entry.requestId}</code>,
    csv: (entry) => entry.requestId,
  },
];

/** What the audit log has about one Change. */
export const AuditTrail = ({ changeId }: { changeId: string }) => (
  <DataTable
    name="change-audit"
    label={t('change.tab.audit')}
    columns={columns()}
    source={usePages<AuditEntry>('/audit/entries', { changeId })}
    rowId={(entry) => entry.id}
    empty={
      <EmptyState icon={ScrollText} title={t('change.audit.empty.title')}>
        {t('change.audit.empty.text')}
      </EmptyState>
    }
  />
);
