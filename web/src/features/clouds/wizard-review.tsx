import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { planQuery, type Call } from '#features/review/call.ts';
import { PlanPanel, PlanSkeleton } from '#features/review/plan-panel.tsx';
import { useSubmit, useTell } from '#features/review/submit.ts';
import { WhyField } from '#features/review/why-field.tsx';
import { t } from '#lib/i18n.ts';
import { toProblem } from '#lib/problem.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { stepOf, toInput, type Draft, type Step } from './wizard.ts';

/** A refusal with the way to the step where it can be mended. */
function Refusal({ error, retry, onGo }: { error: unknown; retry?: () => void; onGo: (step: Step) => void }) {
  const { body, slug } = toProblem(error);
  const pointer = body.errors?.[0]?.pointer ?? (slug === 'name-conflict' ? '/name' : undefined);
  return (
    <>
      <ProblemView error={error} retry={retry} />
      {pointer !== undefined && (
        <Button className="self-start" onClick={() => onGo(stepOf(pointer))}>
          {t('newServer.mend', { step: t(`newServer.step.${stepOf(pointer)}`) })}
        </Button>
      )}
    </>
  );
}

/** The real plan of the draft, who must agree, the reason, and only then the request. */
export function ReviewStep({ draft, onGo }: { draft: Draft; onGo: (step: Step) => void }) {
  const navigate = useNavigate();
  const call: Call = useMemo(() => ({ method: 'POST', path: '/servers', body: toInput(draft) }), [draft]);
  const plan = useQuery(planQuery(call));
  const [comment, setComment] = useState('');
  const sending = useSubmit<unknown>(['/servers']);
  const tell = useTell();
  const go = () => {
    if (!plan.data) return;
    sending.submit({ call, comment }, (outcome) => {
      tell(outcome, t('newServer.done'));
      const number = outcome.status === 'accepted' ? outcome.change.number : outcome.changeNumber;
      void (number ? navigate({ to: '/changes/$id', params: { id: number } }) : navigate({ to: '/infrastructure/servers' }));
    });
  };
  const waits = (plan.data?.requirements.length ?? 0) > 0;
  return (
    <>
      {plan.isPending && <PlanSkeleton />}
      {plan.error && <Refusal error={plan.error} retry={() => void plan.refetch()} onGo={onGo} />}
      {plan.data && (
        <>
          <p className="text-base font-semibold">{plan.data.plan.summary}</p>
          <PlanPanel preview={plan.data} />
          <Card>
            <WhyField value={comment} onChange={setComment} onSubmit={go} />
          </Card>
        </>
      )}
      {sending.error && <Refusal error={sending.error} onGo={onGo} />}
      <div className="flex items-center justify-between gap-2">
        <Button onClick={() => onGo('details')}>{t('action.back')}</Button>
        <Button variant="primary" busy={sending.isPending} disabled={!plan.data} onClick={go}>
          {waits ? t('run.request') : t('newServer.create')}
        </Button>
      </div>
    </>
  );
}
