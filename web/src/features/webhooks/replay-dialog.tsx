import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { planQuery, type Call } from '#features/review/call.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useSettled } from '#features/review/settled.ts';
import { useTell } from '#features/review/submit.ts';
import type { Answer } from '#lib/answers.ts';
import { t } from '#lib/i18n.ts';
import { useNow } from '#lib/now.ts';
import { ChoiceList } from '#ui/choice-list.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { TOUCHED, type Webhook } from './api.ts';

export type Asked = Extract<Answer<'webhooks.replayRange'>, { webhookId: string }>;
type Which = 'failed' | 'all';

const DAY_MS = 86_400_000;
/** What was sent is kept for so long. */
const LONGEST_MS = 7 * DAY_MS;
/** As the browser's own control wants it: local, without zone. */
const toLocal = (at: number): string => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
const fromLocal = (text: string): number | null => (Number.isFinite(Date.parse(text)) ? Date.parse(text) : null);

/** What is wrong with a span of time, before the server is asked. */
export function spanFault(from: number | null, to: number | null, now: number): 'empty' | 'long' | null {
  if (from === null || from >= (to ?? now)) return 'empty';
  return (to ?? now) - from > LONGEST_MS ? 'long' : null;
}

/** How many it is about; the plan in the dialog has no place for that. */
function About({ call }: { call: Call }) {
  const { data } = useQuery(planQuery(call));
  return (
    <p role="status" className="min-h-5 font-medium">
      {data?.plan.summary}
    </p>
  );
}

/** Sends again what failed since a moment, or everything of a span of time; in the background. */
export function ReplayDialog({ webhook, onClose, onAsked }: { webhook: Webhook; onClose: () => void; onAsked: (asked: Asked) => void }) {
  const tell = useTell();
  const [only, setOnly] = useState<Which>('failed');
  const [from, setFrom] = useState(() => toLocal(Date.now() - DAY_MS));
  const [to, setTo] = useState('');
  const [begin, end] = [fromLocal(from), to === '' ? null : fromLocal(to)];
  const fault = spanFault(begin, end, useNow());
  const body = fault === null ? { only, from: new Date(begin!).toISOString(), ...(end === null ? {} : { to: new Date(end).toISOString() }) } : null;
  const call = body && { method: 'POST' as const, path: `/webhooks/${webhook.id}/replay`, body };
  const settled = useSettled(call);
  return (
    <ReviewDialog<Asked>
      title={t('webhooks.replay.of', { name: webhook.name })}
      description={t('webhooks.replay.text')}
      call={call}
      action={t('webhooks.replay.action')}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => {
        tell(outcome, t('webhooks.replay.done'));
        if (outcome.status === 'done') onAsked(outcome.output);
      }}
    >
      <ChoiceList<Which>
        label={t('webhooks.replay.which')}
        value={only}
        onChange={setOnly}
        choices={[
          { value: 'failed', label: t('webhooks.replay.failed'), help: t('webhooks.replay.failed.help') },
          { value: 'all', label: t('webhooks.replay.all'), help: t('webhooks.replay.all.help') },
        ]}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('webhooks.replay.from')} required error={fault ? t(`webhooks.replay.fault.${fault}`) : undefined}>
          {(control) => <Input {...control} type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} />}
        </Field>
        <Field label={t('webhooks.replay.to')} required={false} help={t('webhooks.replay.to.help')}>
          {(control) => <Input {...control} type="datetime-local" value={to} onChange={(event) => setTo(event.target.value)} />}
        </Field>
      </div>
      {settled && <About call={settled} />}
    </ReviewDialog>
  );
}
