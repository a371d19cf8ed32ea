import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { ChoiceCards } from '#features/clouds/choice-cards.tsx';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { queryClient } from '#lib/query.ts';
import { meQuery, switchTenant } from '#lib/session.ts';
import { ProblemView } from '#ui/problem-view.tsx';
import { StepFrame } from './step-frame.tsx';
import { PLANS, type PlanKey, type Progress } from './steps.ts';

export interface PlanStepProps {
  progress: Progress;
  set: (part: Partial<Progress>) => void;
  onBack: () => void;
  onMade: (tenantId: string) => void;
}
/** Which plan; with it the organisation is made, and the session goes on in it. */
export function PlanStep({ progress, set, onBack, onMade }: PlanStepProps) {
  const key = useRef(crypto.randomUUID());
  const create = useMutation({
    mutationFn: async () => {
      const { name, slug, plan } = progress;
      const made = await request<{ id: string }>('POST', '/tenants', {
        body: { name: name.trim(), slug, plan },
        headers: { 'idempotency-key': key.current },
      });
      await switchTenant(made.id);
      await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
      return made.id;
    },
    onSuccess: onMade,
    onError: () => (key.current = crypto.randomUUID()),
  });
  return (
    <StepFrame
      title={t('onboarding.plan.title')}
      lead={t('onboarding.plan.lead')}
      action={t('onboarding.create')}
      busy={create.isPending}
      onSubmit={() => create.mutate()}
      onBack={onBack}
    >
      {create.error && <ProblemView error={create.error} />}
      <ChoiceCards
        label={t('onboarding.step.plan')}
        value={progress.plan}
        onChange={(plan) => set({ plan: plan as PlanKey })}
        choices={PLANS.map((plan) => ({ value: plan, title: t(`onboarding.plan.${plan}`), help: t(`onboarding.plan.${plan}.text`) }))}
      />
    </StepFrame>
  );
}
