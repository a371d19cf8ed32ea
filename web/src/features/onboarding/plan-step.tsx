import { useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ChoiceCards } from '#features/clouds/choice-cards.tsx';
import { request, workIn } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { queryClient } from '#lib/query.ts';
import { meQuery, switchTenant } from '#lib/session.ts';
import type { Tenant } from '#lib/types.ts';
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
  const { name, slug, plan } = progress;
  // The same wish keeps its key: whatever was lost on the way, the next press finds the organisation that the first one made.
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- another wish is another key
  const key = useMemo(() => crypto.randomUUID(), [name, slug, plan]);
  const create = useMutation({
    mutationFn: async () => {
      const made = await request<Tenant>('POST', '/tenants', { body: { name: name.trim(), slug, plan }, headers: { 'idempotency-key': key } });
      await switchTenant(made.id);
      // Whoever works in another organisation already means the new one from here on.
      workIn(made.slug);
      await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
      return made.id;
    },
    onSuccess: onMade,
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
        value={plan}
        onChange={(next) => set({ plan: next as PlanKey })}
        choices={PLANS.map((one) => ({ value: one, title: t(`onboarding.plan.${one}`), help: t(`onboarding.plan.${one}.text`) }))}
      />
    </StepFrame>
  );
}
