import { Link } from '@tanstack/react-router';
import { t } from '#lib/i18n.ts';
import type { ChangeSummary } from '#lib/types.ts';
import type { Column } from '#ui/data-table/index.ts';
import { Environment } from '#ui/environment.tsx';
import { RiskBadge } from '#ui/risk.tsx';
import { State, stateText } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import { EmergencyBadge } from './emergency-badge.tsx';

/** Columns of a list of Changes; the link is in the number, so it can be opened in a new tab. */
export const changeColumns = (): Column<ChangeSummary>[] => [
  {
    id: 'number',
    header: t('changes.column.number'),
    width: '6.5rem',
    fixed: true,
    cell: ({ number }) => (
      <Link to="/changes/$id" params={{ id: number }} className="font-mono text-xs whitespace-nowrap text-ink-2 hover:text-accent hover:underline">
        {number}
      </Link>
    ),
    csv: (change) => change.number,
  },
  {
    id: 'summary',
    header: t('changes.column.summary'),
    fixed: true,
    cell: ({ summary, emergency }) => (
      <span className="flex min-w-48 items-center gap-2">
        {emergency && <EmergencyBadge />}
        <span className="line-clamp-1 font-medium [overflow-wrap:anywhere]">{summary}</span>
      </span>
    ),
    csv: (change) => change.summary,
  },
  {
    id: 'state',
    header: t('changes.column.state'),
    width: '11rem',
    cell: ({ state }) => <State value={state} variant="plain" />,
    csv: ({ state }) => stateText(state),
  },
  {
    id: 'risk',
    header: t('changes.column.risk'),
    width: '7rem',
    hideBelow: 'md',
    cell: ({ risk }) => (risk === 'high' ? <RiskBadge risk={risk} /> : <span className="text-ink-3">{t(`risk.${risk}`)}</span>),
    csv: ({ risk }) => risk,
  },
  {
    id: 'environment',
    header: t('changes.column.environment'),
    width: '7.5rem',
    hideBelow: 'lg',
    cell: ({ environment }) => environment && <Environment name={environment} />,
    csv: ({ environment }) => environment,
  },
  {
    id: 'operation',
    header: t('changes.column.operation'),
    width: '13rem',
    optional: true,
    cell: ({ operation }) => <code className="text-xs text-ink-2">{operation}</code>,
    csv: ({ operation }) => operation,
  },
  {
    id: 'requester',
    header: t('changes.column.requester'),
    width: '11rem',
    hideBelow: 'lg',
    cell: ({ requester }) => <span className="line-clamp-1 text-ink-2">{requester.name}</span>,
    csv: ({ requester }) => requester.name,
  },
  {
    id: 'surface',
    header: t('changes.column.surface'),
    width: '6rem',
    optional: true,
    cell: ({ surface }) => <span className="text-ink-2">{surface}</span>,
    csv: ({ surface }) => surface,
  },
  {
    id: 'created',
    header: t('changes.column.created'),
    width: '9rem',
    align: 'end',
    hideBelow: 'sm',
    cell: ({ createdAt }) => (
      <span className="text-ink-3">
        <Time at={createdAt} />
      </span>
    ),
    csv: ({ createdAt }) => createdAt,
  },
];

/** One Change on a narrow screen. */
export const changeCompact = (change: ChangeSummary) => (
  <span className="flex flex-col gap-1 py-1">
    <span className="font-medium [overflow-wrap:anywhere]">{change.summary}</span>
    <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-ink-3">
      <Link to="/changes/$id" params={{ id: change.number }} className="font-mono whitespace-nowrap hover:underline">
        {change.number}
      </Link>
      <State value={change.state} variant="plain" className="text-ink" />
      {change.emergency && <EmergencyBadge />}
      {change.environment && <Environment name={change.environment} />}
      <span className="ms-auto">
        <Time at={change.createdAt} short />
      </span>
    </span>
  </span>
);
