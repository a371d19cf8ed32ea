import { Link } from '@tanstack/react-router';
import { t } from '#lib/i18n.ts';
import type { Column } from '#ui/data-table/index.ts';
import { Environment } from '#ui/environment.tsx';
import { State, stateText } from '#ui/state.tsx';
import { RiskLevel } from './risk-level.tsx';
import { SlaBar } from './sla-bar.tsx';
import type { ApprovalSummary } from './types.ts';

const Given = ({ request }: { request: ApprovalSummary }) => (
  <span className="whitespace-nowrap text-ink-2 tabular-nums">{t('approvals.given', { given: request.given, needed: request.needed })}</span>
);
const Number = ({ request }: { request: ApprovalSummary }) => (
  <Link to="/approvals/$id" params={{ id: request.id }} className="font-mono text-xs whitespace-nowrap text-ink-2 hover:text-accent hover:underline">
    {request.number}
  </Link>
);

/** Columns of the inbox; the link is in the number, so it can be opened in a new tab. */
export const approvalColumns = (): Column<ApprovalSummary>[] => [
  {
    id: 'number',
    header: t('changes.column.number'),
    width: '6.5rem',
    fixed: true,
    cell: (request) => <Number request={request} />,
    csv: ({ number }) => number,
  },
  {
    id: 'summary',
    header: t('changes.column.summary'),
    fixed: true,
    cell: ({ summary }) => <span className="line-clamp-1 min-w-48 font-medium [overflow-wrap:anywhere]">{summary}</span>,
    csv: ({ summary }) => summary,
  },
  { id: 'sla', header: t('approvals.column.sla'), width: '12rem', cell: (request) => <SlaBar request={request} />, csv: ({ slaDueAt }) => slaDueAt },
  {
    id: 'risk',
    header: t('changes.column.risk'),
    width: '7.5rem',
    hideBelow: 'md',
    cell: ({ riskLevel }) => <RiskLevel level={riskLevel} />,
    csv: ({ riskLevel }) => riskLevel,
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
    id: 'requester',
    header: t('changes.column.requester'),
    width: '11rem',
    hideBelow: 'lg',
    cell: ({ requester }) => <span className="line-clamp-1 text-ink-2">{requester.name}</span>,
    csv: ({ requester }) => requester.name,
  },
  {
    id: 'given',
    header: t('approvals.column.given'),
    width: '7rem',
    hideBelow: 'md',
    cell: (request) => <Given request={request} />,
    csv: ({ given }) => given,
  },
  {
    id: 'status',
    header: t('changes.column.state'),
    width: '11rem',
    hideBelow: 'sm',
    cell: ({ status }) => <State value={status} variant="plain" />,
    csv: ({ status }) => stateText(status),
  },
];

/** One request on a narrow screen. */
export const approvalCompact = (request: ApprovalSummary) => (
  <span className="flex flex-col gap-1.5 py-1">
    <span className="font-medium [overflow-wrap:anywhere]">{request.summary}</span>
    <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-ink-3">
      <Number request={request} />
      <RiskLevel level={request.riskLevel} />
      {request.environment && <Environment name={request.environment} />}
      <span className="text-ink-2">{t('change.approval.count', { count: request.needed, given: request.given })}</span>
    </span>
    <SlaBar request={request} />
  </span>
);
