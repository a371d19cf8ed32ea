import { Link } from '@tanstack/react-router';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import type { Column } from '#ui/data-table/index.ts';
import { Time } from '#ui/time.tsx';
import { EnforcementBadge, StatusBadge, TrialBadge } from './look.tsx';
import type { PolicySetSummary } from './types.ts';

const Name = ({ set }: { set: PolicySetSummary }) => (
  <span className="min-w-0">
    <Link to="/policies/$id" params={{ id: set.id }} className="font-medium hover:text-accent hover:underline">
      {set.name}
    </Link>
    {set.description && <span className="line-clamp-1 text-xs text-ink-2">{set.description}</span>}
  </span>
);
const Status = ({ set }: { set: PolicySetSummary }) => (
  <span className="flex flex-wrap gap-1">
    <StatusBadge value={set.status} />
    {set.trial && <TrialBadge trial={set.trial} />}
  </span>
);
const versionOf = ({ activeVersion, version }: PolicySetSummary): string =>
  activeVersion === null || activeVersion === version
    ? t('policies.version.of', { number: version })
    : t('policies.version.newer', { active: activeVersion, newest: version });
const Lately = ({ set: { lately } }: { set: PolicySetSummary }) =>
  lately && (
    <span className="whitespace-nowrap text-ink-2 tabular-nums">
      {t('policies.lately', { matches: number(lately.matches) })}
      {lately.violations > 0 && <span className="ms-1.5 font-medium text-bad">{t('policies.violations', { count: lately.violations })}</span>}
    </span>
  );
const Activated = ({ set: { lastActivatedAt, activeVersion } }: { set: PolicySetSummary }) =>
  lastActivatedAt ? (
    <Time at={lastActivatedAt} short />
  ) : (
    <span className="text-ink-3">{t(activeVersion === null ? 'policies.never' : 'policies.always')}</span>
  );

export const policyColumns = (): Column<PolicySetSummary>[] => [
  { id: 'name', header: t('roles.name'), fixed: true, cell: (set) => <Name set={set} />, csv: ({ name }) => name },
  { id: 'status', header: t('changes.column.state'), width: '12rem', fixed: true, cell: (set) => <Status set={set} />, csv: ({ status }) => status },
  { id: 'version', header: t('policies.version'), width: '9rem', cell: (set) => versionOf(set), csv: ({ version }) => String(version) },
  {
    id: 'enforcement',
    header: t('policies.enforcement'),
    width: '8rem',
    hideBelow: 'md',
    cell: ({ enforcement }) => enforcement && <EnforcementBadge value={enforcement} />,
    csv: ({ enforcement }) => enforcement,
  },
  {
    id: 'rules',
    header: t('policies.rules'),
    width: '5rem',
    align: 'end',
    hideBelow: 'md',
    cell: ({ policies }) => number(policies),
    csv: ({ policies }) => String(policies),
  },
  {
    id: 'lately',
    header: t('policies.lately.title'),
    width: '12rem',
    hideBelow: 'lg',
    cell: (set) => <Lately set={set} />,
    csv: ({ lately }) => (lately ? `${lately.matches}; ${lately.violations}` : ''),
  },
  {
    id: 'activated',
    header: t('policies.activated'),
    width: '9rem',
    hideBelow: 'lg',
    cell: (set) => <Activated set={set} />,
    csv: ({ lastActivatedAt }) => lastActivatedAt,
  },
];

/** One set on a narrow screen. */
export const policyCompact = (set: PolicySetSummary) => (
  <span className="flex flex-col gap-1.5 py-1">
    <Name set={set} />
    <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-ink-3">
      <Status set={set} />
      {set.enforcement && <EnforcementBadge value={set.enforcement} />}
      <span>{versionOf(set)}</span>
      <span>{t('policies.rules.count', { count: set.policies })}</span>
      <Lately set={set} />
    </span>
  </span>
);
