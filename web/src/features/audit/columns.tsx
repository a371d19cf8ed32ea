import { Link } from '@tanstack/react-router';
import { Bot, ChevronRight, Cog, KeyRound, User, type LucideIcon } from 'lucide-react';
import { cx } from '#lib/cx.ts';
import { words } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import type { AuditEntry } from '#lib/types.ts';
import type { Column } from '#ui/data-table/index.ts';
import { RiskBadge } from '#ui/risk.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';

const kinds: Record<string, LucideIcon> = { user: User, apiKey: KeyRound, agent: Bot, system: Cog };

/** The Change that an entry belongs to: by number where the server tells it. */
export const changeOf = (entry: AuditEntry): string | null => (entry as AuditEntry & { changeNumber?: string | null }).changeNumber ?? entry.changeId;
const targetText = ({ type, id, name }: AuditEntry['targets'][number]): string => `${type} ${name ?? id}`;

const Who = ({ actor }: { actor: AuditEntry['actor'] }) => {
  const Icon = kinds[actor.kind] ?? User;
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={actor.email ?? actor.kind}>
      <Icon aria-hidden className="size-3.5 shrink-0 text-ink-3" />
      <span className="truncate">{actor.name}</span>
    </span>
  );
};
const ChangeLink = ({ entry }: { entry: AuditEntry }) => {
  const id = changeOf(entry);
  return (
    id && (
      <Link to="/changes/$id" params={{ id }} className="font-mono text-xs text-accent hover:underline">
        {id.startsWith('CHG-') ? id : t('audit.change')}
      </Link>
    )
  );
};

/** One entry on a narrow screen. */
export const EntryCompact = ({ entry }: { entry: AuditEntry }) => (
  <span className="flex flex-col gap-1 py-1">
    <span className="flex flex-wrap items-baseline justify-between gap-x-2">
      <code className="text-xs font-semibold [overflow-wrap:anywhere]">{entry.operation}</code>
      <State variant="plain" value={entry.result} className="text-xs" />
    </span>
    {entry.targets[0] && (
      <span className="line-clamp-1 text-xs">
        <span className="text-ink-3">{words(entry.targets[0].type)}</span> {entry.targets[0].name ?? entry.targets[0].id.slice(0, 8)}
      </span>
    )}
    <span className="flex flex-wrap items-center gap-x-2.5 text-xs text-ink-3">
      <Who actor={entry.actor} />
      {entry.risk === 'high' && <RiskBadge risk="high" />}
      <span className="ms-auto">
        <Time at={entry.at} short />
      </span>
    </span>
  </span>
);

export interface Opening {
  expanded: string | null;
  onExpand: (id: string | null) => void;
}

const decisionColumns = (): Column<AuditEntry>[] => [
  {
    id: 'result',
    header: t('audit.column.result'),
    width: '7.5rem',
    cell: ({ result }) => <State variant="plain" value={result} />,
    csv: ({ result }) => result,
  },
  {
    id: 'risk',
    header: t('audit.column.risk'),
    width: '7rem',
    hideBelow: 'md',
    cell: ({ risk }) => (risk === 'high' ? <RiskBadge risk={risk} /> : <span className="text-ink-3">{t(`risk.${risk}`)}</span>),
    csv: ({ risk }) => risk,
  },
  { id: 'change', header: t('audit.column.change'), width: '6.5rem', hideBelow: 'lg', cell: (entry) => <ChangeLink entry={entry} />, csv: changeOf },
  {
    id: 'surface',
    header: t('audit.column.surface'),
    width: '5.5rem',
    hideBelow: 'md',
    cell: ({ surface }) => <span className="text-ink-2">{surface}</span>,
    csv: ({ surface }) => surface,
  },
  {
    id: 'reason',
    header: t('audit.column.reason'),
    optional: true,
    cell: ({ reason }) => <span className="line-clamp-1 text-ink-2">{reason?.text}</span>,
    csv: ({ reason }) => reason?.text,
  },
  {
    id: 'ip',
    header: t('audit.column.ip'),
    width: '9rem',
    optional: true,
    cell: ({ ip }) => <code className="text-xs">{ip}</code>,
    csv: ({ ip }) => ip,
  },
  {
    id: 'request',
    header: t('audit.column.request'),
    optional: true,
    cell: ({ requestId }) => <code className="text-xs">{requestId}</code>,
    csv: ({ requestId }) => requestId,
  },
];

/** Columns of the audit log; with `opening`, the first one opens the entry. */
export const entryColumns = (opening?: Opening): Column<AuditEntry>[] => [
  {
    id: 'at',
    header: t('audit.column.at'),
    width: '10rem',
    fixed: true,
    cell: (entry) => {
      if (!opening) return <Time at={entry.at} />;
      const open = opening.expanded === entry.id;
      return (
        <span className="flex items-center gap-1">
          <button
            type="button"
            aria-expanded={open}
            aria-label={t('audit.open', { operation: entry.operation })}
            onClick={() => opening.onExpand(open ? null : entry.id)}
            className="-ms-1.5 grid size-5 place-items-center rounded-sm text-ink-3 hover:bg-press hover:text-ink pointer-coarse:size-9"
          >
            <ChevronRight aria-hidden className={cx('size-3.5 transition-transform rtl:-scale-x-100', open && 'rotate-90 rtl:-rotate-90')} />
          </button>
          <Time at={entry.at} />
        </span>
      );
    },
    csv: (entry) => entry.at,
  },
  { id: 'actor', header: t('audit.column.actor'), width: '12rem', cell: ({ actor }) => <Who actor={actor} />, csv: ({ actor }) => actor.name },
  {
    id: 'operation',
    header: t('audit.column.operation'),
    fixed: true,
    cell: ({ operation, occurrences }) => (
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
        <code className="text-xs [overflow-wrap:anywhere]">{operation}</code>
        {occurrences > 1 && <span className="text-xs text-ink-3">{t('audit.times', { count: occurrences })}</span>}
      </span>
    ),
    csv: ({ operation }) => operation,
  },
  {
    id: 'targets',
    header: t('audit.column.targets'),
    hideBelow: 'lg',
    cell: ({ targets }) => (
      <span className="line-clamp-1 [overflow-wrap:anywhere]">
        {targets[0] && (
          <>
            <span className="text-ink-3">{words(targets[0].type)}</span> {targets[0].name ?? targets[0].id.slice(0, 8)}
          </>
        )}
        {targets.length > 1 && <span className="text-ink-3"> +{targets.length - 1}</span>}
      </span>
    ),
    csv: ({ targets }) => targets.map(targetText).join(', '),
  },
  ...decisionColumns(),
];
