import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronRight, CircleCheck, CircleX, Forward } from 'lucide-react';
import { ChangeSkeleton } from '#features/changes/change-skeleton.tsx';
import { Impact } from '#features/changes/impact.tsx';
import { planCounts, PlanView } from '#features/changes/plan-view.tsx';
import { ViaExecution } from '#features/executions/via-execution.tsx';
import { t } from '#lib/i18n.ts';
import { Card } from '#ui/card.tsx';
import { Environment } from '#ui/environment.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import { ApprovalDialog } from './act-dialog.tsx';
import { approvalQuery } from './api.ts';
import { ApprovalActions } from './approval-actions.tsx';
import { RiskLevel } from './risk-level.tsx';
import { SlaBar } from './sla-bar.tsx';
import { ApprovalTree } from './tree.tsx';
import type { ApprovalAct, ApprovalRequest, RequestDecision } from './types.ts';

function Said({ decision }: { decision: RequestDecision }) {
  const good = decision.verdict === 'approved';
  const Icon = good ? CircleCheck : CircleX;
  return (
    <li className="flex gap-2.5">
      <Icon aria-hidden className={good ? 'mt-0.5 size-4 shrink-0 text-good' : 'mt-0.5 size-4 shrink-0 text-bad'} />
      <div className="min-w-0 flex-1">
        <p>
          <span className="font-medium">{decision.by.name}</span> {t(`change.verdict.${decision.verdict}`)}
          {decision.onBehalfOf && ` ${t('approvals.inPlaceOf', { name: decision.onBehalfOf.name })}`}{' '}
          <span className="text-xs text-ink-3">
            <Time at={decision.at} />
          </span>
        </p>
        {decision.comment && <blockquote className="mt-1 border-s-2 border-line-strong ps-2.5 text-ink-2">{decision.comment}</blockquote>}
      </div>
    </li>
  );
}

const Rules = ({ request }: { request: ApprovalRequest }) => (
  <Card title={t('approvals.who')} aside={<State value={request.status} />}>
    <div className="flex flex-col gap-4">
      {request.rules.map(({ name, text }) => (
        <div key={name}>
          <p className="text-xs text-ink-3">{t('change.approval.because', { name })}</p>
          <blockquote className="mt-1 border-s-2 border-accent ps-2.5">{text}</blockquote>
        </div>
      ))}
      <ApprovalTree nodes={request.nodes} />
      {request.decisions.length > 0 && (
        <ul aria-label={t('approvals.decisions')} className="flex flex-col gap-3 border-t border-line pt-3">
          {request.decisions.map((decision) => (
            <Said key={`${decision.by.id} ${decision.at}`} decision={decision} />
          ))}
        </ul>
      )}
      {request.delegations.map(({ id, from, to, reason }) => (
        <p key={id} className="flex gap-2 text-xs text-ink-2">
          <Forward aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {t('approvals.delegated', { from: from.name, to: to.name })} {reason}
        </p>
      ))}
    </div>
  </Card>
);

const Facts = ({ request }: { request: ApprovalRequest }) => (
  <Card title={t('change.details')}>
    <KeyValues
      rows={[
        [t('approvals.sla'), <SlaBar key="sla" request={request} />],
        [t('approvals.level'), request.escalationLevel > 0 ? t(`approvals.escalated.${request.escalationLevel as 1 | 2}`) : null],
        [t('change.approval.expires'), request.closedAt ? null : <Time at={request.expiresAt} />],
        [
          t('change.detail.operation'),
          <code key="operation" className="text-xs">
            {request.operation}
          </code>,
        ],
        [
          t('change.detail.targets'),
          request.targets.length > 0 ? request.targets.map(({ type, id, name }) => `${type} ${name ?? id}`).join(', ') : null,
        ],
        [t('change.detail.execution'), request.via && <ViaExecution key="via" via={request.via} />],
        [t('change.detail.comment'), request.comment],
        [t('change.detail.ticket'), request.ticket],
        [
          t('approvals.change'),
          <Link key="change" to="/changes/$id" params={{ id: request.number }} className="text-accent hover:underline">
            {request.number}
          </Link>,
        ],
      ]}
    />
  </Card>
);

/** One request: what would happen, which rules ask and in which words, who has agreed and who must, and one’s own answer. */
export function ApprovalPage({ id, act }: { id: string; act: ApprovalAct | undefined }) {
  const navigate = useNavigate();
  const { data: request, error, refetch } = useQuery(approvalQuery(id));
  if (!request) return error ? <ProblemView error={error} size="page" retry={() => void refetch()} /> : <ChangeSkeleton />;
  const show = (next: ApprovalAct | undefined) =>
    void navigate({ to: '/approvals/$id', params: { id }, search: next ? { act: next } : {}, replace: true });
  const asked = act && request.actions[act].allowed ? act : null;
  return (
    <PageFrame
      title={request.summary}
      documentTitle={`${request.number} ${request.summary}`}
      eyebrow={
        <span className="flex items-center gap-1">
          <Link to="/approvals" className="rounded-sm hover:text-ink hover:underline">
            {t('approvals.title')}
          </Link>
          <ChevronRight aria-hidden className="size-3 rtl:rotate-180" />
          <span className="font-mono text-ink-2">{request.number}</span>
        </span>
      }
      facts={
        <>
          <State value={request.status} />
          <RiskLevel level={request.riskLevel} />
          {request.environment && <Environment name={request.environment} />}
          <span>
            {t('change.requestedBy', { name: request.requester.name })}, <Time at={request.requestedAt} />
          </span>
        </>
      }
      actions={<ApprovalActions request={request} onAct={show} />}
    >
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem] 2xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Card flush title={t('change.plan')} aside={planCounts(request.plan)}>
            <PlanView plan={request.plan} />
          </Card>
          <Card title={t('change.impact')}>
            <Impact plan={request.plan} />
          </Card>
        </div>
        <div className="flex min-w-0 flex-col gap-4 max-lg:order-first">
          <Rules request={request} />
          <Facts request={request} />
        </div>
      </div>
      {asked && <ApprovalDialog request={request} act={asked} onClose={() => show(undefined)} />}
    </PageFrame>
  );
}
