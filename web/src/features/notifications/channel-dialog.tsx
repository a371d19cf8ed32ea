import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Select } from '#ui/select.tsx';
import { toast } from '#ui/toast.tsx';
import type { Channel } from './api.ts';
import { useAgain } from './channel-row.tsx';

const FIELDS = { 'slack-webhook': ['webhookUrl'], 'slack-bot': ['place', 'token', 'signingSecret'] } as const satisfies Record<
  Channel['kind'],
  readonly string[]
>;
const SECRET: ReadonlySet<string> = new Set(['webhookUrl', 'token', 'signingSecret']);

/** A new channel. What it is told of to begin with the server knows. */
export function ChannelDialog({ onClose }: { onClose: () => void }) {
  const again = useAgain();
  const [kind, setKind] = useState<Channel['kind']>('slack-webhook');
  const [said, setSaid] = useState<Record<string, string>>({});
  const fields = ['name', ...FIELDS[kind]] as const;
  const saving = useMutation({
    mutationFn: () =>
      run('POST', '/notification-channels', { body: { kind, ...Object.fromEntries(fields.map((name) => [name, said[name]?.trim() ?? ''])) } }),
    onSuccess: () => {
      toast.done(t('notifications.channels.created', { name: said['name'] ?? '' }));
      onClose();
      return again();
    },
  });
  const refused = saving.error ? errorsByPointer(toProblem(saving.error)) : {};
  const ready = fields.every((name) => said[name]?.trim());
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('notifications.channels.create')}
      description={t(`notifications.channels.${kind}.text`)}
      footer={
        <>
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button variant="primary" busy={saving.isPending} blocked={ready ? null : t('notifications.channels.fill')} onClick={() => saving.mutate()}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) saving.mutate();
        }}
      >
        <Field label={t('notifications.channels.kind')}>
          {(control) => (
            <Select
              {...control}
              value={kind}
              onChange={setKind}
              choices={(['slack-webhook', 'slack-bot'] as const).map((value) => ({ value, label: t(`notifications.channels.${value}`) }))}
            />
          )}
        </Field>
        {fields.map((name) => (
          <Field key={name} label={t(`notifications.channels.field.${name}`)} required error={refused[`/${name}`]}>
            {(control) => (
              <Input
                {...control}
                type={SECRET.has(name) ? 'password' : 'text'}
                autoComplete="off"
                value={said[name] ?? ''}
                onChange={(event) => setSaid({ ...said, [name]: event.target.value })}
              />
            )}
          </Field>
        ))}
        {saving.error && Object.keys(refused).length === 0 && <ProblemView error={saving.error} />}
      </form>
    </Dialog>
  );
}
