import { useNavigate } from '@tanstack/react-router';
import { GitPullRequestArrow, ScrollText } from 'lucide-react';
import { useMemo } from 'react';
import { changeColumns } from '#features/changes/columns.tsx';
import { EntryTable } from '#features/audit/entry-table.tsx';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import type { ChangeSummary } from '#lib/types.ts';
import { DataTable } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';

/** Every Change that concerned this resource. */
export function TargetChanges({ targetId, name }: { targetId: string; name: string }) {
  const navigate = useNavigate();
  return (
    <DataTable
      name={name}
      label={t('server.tab.changes')}
      columns={useMemo(changeColumns, [])}
      source={usePages<ChangeSummary>('/changes', { targetId })}
      rowId={(change) => change.id}
      onOpen={(change) => void navigate({ to: '/changes/$id', params: { id: change.number } })}
      empty={
        <EmptyState icon={GitPullRequestArrow} title={t('server.changes.empty.title')}>
          {t('server.changes.empty.text')}
        </EmptyState>
      }
    />
  );
}

/** What the audit log has about this resource. */
export const TargetAudit = ({ targetId, name }: { targetId: string; name: string }) => (
  <EntryTable
    name={name}
    query={{ targetId }}
    empty={
      <EmptyState icon={ScrollText} title={t('server.audit.empty.title')}>
        {t('server.audit.empty.text')}
      </EmptyState>
    }
  />
);
