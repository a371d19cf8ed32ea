import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { useState } from 'react';
import type { Answer } from '#lib/answers.ts';
import { request } from '#lib/api.ts';
import { duration } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { Combobox } from '#ui/combobox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { useEventTypes, type Webhook } from './api.ts';
import { headersText, pretty } from './attempt-view.tsx';
import { attemptText } from './words.tsx';

type Tested = Answer<'webhooks.test'>;
const TEST = 'webhook.test';

/** What the receiver answered: how it ended, how long it took, its headers and its body. */
const Result = ({ tested }: { tested: Tested }) => (
  <section role="status" aria-label={t('webhooks.test.answer')} className="flex flex-col gap-3">
    <p className="flex flex-wrap items-center gap-2">
      <Badge tone={tested.outcome === 'delivered' ? 'good' : 'bad'}>{attemptText(tested)}</Badge>
      <span className="text-ink-2">{t('webhooks.test.took', { time: duration(tested.ms / 1_000) })}</span>
    </p>
    {tested.headers && <CodeBlock wrap label={t('webhooks.attempt.headers')} code={headersText(tested.headers)} />}
    {tested.body && <CodeBlock wrap label={t('webhooks.attempt.body')} code={pretty(tested.body)} />}
  </section>
);

function TestDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const client = useQueryClient();
  const types = useEventTypes();
  const [type, setType] = useState(TEST);
  const testing = useMutation({
    mutationFn: () =>
      request<Tested>('POST', `/webhooks/${webhook.id}/test`, { body: { type }, headers: { 'idempotency-key': crypto.randomUUID() } }),
    onSettled: () =>
      client.invalidateQueries({
        predicate: ({ queryKey }) => String(queryKey[0]).startsWith(`/webhooks/${webhook.id}/`) || queryKey[2] === webhook.id,
      }),
  });
  const choices = (types.data ?? []).map((one) => ({ value: one.type, label: one.type, hint: one.summary }));
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={(open) => !open && onClose()}
      title={t('webhooks.test.of', { name: webhook.name })}
      description={t('webhooks.test.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('action.close')}</Button>
          <Button variant="primary" busy={testing.isPending} icon={<Send aria-hidden className="size-3.5" />} onClick={() => testing.mutate()}>
            {testing.data ? t('webhooks.test.again') : t('webhooks.test.send')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label={t('webhooks.column.event')}>
          {(control) => <Combobox control={control} value={type} onChange={setType} choices={choices} loading={types.isPending} />}
        </Field>
        {testing.error && <ProblemView error={testing.error} />}
        {testing.data && !testing.isPending && <Result tested={testing.data} />}
      </div>
    </Dialog>
  );
}

/** Sends one event now and shows what comes back. */
export function TestWebhookButton({ webhook }: { webhook: Webhook }) {
  const blocked = useBlocked('webhooks:test');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button blocked={blocked} icon={<Send aria-hidden className="size-3.5" />} onClick={() => setOpen(true)}>
        {t('webhooks.test')}
      </Button>
      {open && <TestDialog webhook={webhook} onClose={() => setOpen(false)} />}
    </>
  );
}
