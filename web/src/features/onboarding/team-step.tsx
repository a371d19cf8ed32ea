import { useMutation, useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleX } from 'lucide-react';
import { useState } from 'react';
import type { Role } from '#features/settings/types.ts';
import { request } from '#lib/api.ts';
import { words } from '#lib/formats.ts';
import { hasText, t } from '#lib/i18n.ts';
import type { Page } from '#lib/types.ts';
import { Field } from '#ui/field.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Select } from '#ui/select.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { addressesIn } from './steps.ts';
import { StepFrame } from './step-frame.tsx';

interface Result {
  email: string;
  /** `invited`, `resent`, or the code of a refusal. */
  status: string;
}
/** Held by whoever made the organisation, and given by a transfer only. */
const NOT_GIVEN = new Set(['owner']);
const USUAL = 'developer';

const refusal = (slug: string): string => {
  const key = `onboarding.team.refused.${slug}`;
  return hasText(key) ? t(key) : words(slug);
};

const Results = ({ results }: { results: readonly Result[] }) => (
  <ul aria-label={t('onboarding.team.results')} className="divide-y divide-line rounded-lg border border-line">
    {results.map(({ email, status }) => {
      const sent = status === 'invited' || status === 'resent';
      return (
        <li key={email} className="flex flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-2">
          {sent ? <CircleCheck aria-hidden className="size-4 text-good" /> : <CircleX aria-hidden className="size-4 text-bad" />}
          <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{email}</span>
          <span className={sent ? 'text-good' : 'text-bad'}>{sent ? t('onboarding.team.sent') : refusal(status)}</span>
        </li>
      );
    })}
  </ul>
);

/** Invitations to the first colleagues; may come later. */
export function TeamStep({ tenantId, onBack, onNext }: { tenantId: string; onBack: () => void; onNext: () => void }) {
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string | undefined>();
  const [chosen, setChosen] = useState<string | null>(null);
  const roles = useQuery({
    queryKey: ['/roles', 'to-give'],
    queryFn: ({ signal }) => request<Page<Role>>('GET', '/roles', { query: { limit: 200 }, signal }),
  });
  const choices = roles.data?.items.filter(({ key }) => !NOT_GIVEN.has(key)) ?? [];
  const roleId = chosen ?? (choices.find(({ key }) => key === USUAL) ?? choices[0])?.id;
  const { addresses, wrong } = addressesIn(text);
  const invite = useMutation({
    mutationFn: () =>
      request<{ items: Result[] }>('POST', `/tenants/${tenantId}/invitations`, {
        body: { items: addresses.map((email) => ({ email, roleIds: [roleId] })) },
        headers: { 'idempotency-key': crypto.randomUUID() },
      }),
  });
  const submit = () => {
    if (invite.data) return onNext();
    const found = wrong.length > 0 ? t('onboarding.team.addresses.wrong', { list: wrong.slice(0, 5).join(', ') }) : undefined;
    const missing = addresses.length === 0 ? t('onboarding.team.addresses.missing') : undefined;
    setFault(found ?? missing);
    if (!found && !missing && roleId) invite.mutate();
  };
  const send = addresses.length > 0 ? t('onboarding.team.send', { count: addresses.length }) : t('onboarding.team.send.none');
  return (
    <StepFrame
      title={t('onboarding.team.title')}
      lead={t('onboarding.team.lead')}
      action={invite.data ? t('onboarding.next') : send}
      busy={invite.isPending}
      onSubmit={submit}
      onBack={invite.data ? () => invite.reset() : onBack}
      onSkip={invite.data ? undefined : onNext}
    >
      {invite.error && <ProblemView error={invite.error} />}
      {invite.data ? (
        <Results results={invite.data.items} />
      ) : (
        <div className="flex flex-col gap-4">
          <Field label={t('onboarding.team.addresses')} help={t('onboarding.team.addresses.help')} error={fault}>
            {(control) => (
              <Textarea
                {...control}
                autoFocus
                rows={4}
                autoComplete="off"
                spellCheck={false}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
          {roles.error && <ProblemView error={roles.error} retry={() => void roles.refetch()} />}
          <Field label={t('onboarding.team.role')}>
            {(control) => (
              <Select
                {...control}
                value={roleId}
                onChange={setChosen}
                choices={choices.map((role) => ({ value: role.id, label: role.name, help: role.description }))}
              />
            )}
          </Field>
        </div>
      )}
    </StepFrame>
  );
}
