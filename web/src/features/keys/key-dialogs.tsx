import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiKey, NewApiKey } from '#features/settings/types.ts';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { Button } from '#ui/button.tsx';
import { Confirm } from '#ui/confirm.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Select } from '#ui/select.tsx';
import { toast } from '#ui/toast.tsx';
import type { KeyAct } from './key-columns.tsx';
import { draftOfKey, KeyFields, limitsOf } from './key-fields.tsx';
import { ShownKey } from './shown-key.tsx';

/** Hours for which both keys work. The server allows three days. */
const OVERLAPS = ['0', '1', '24', '72'] as const;

interface DialogProps {
  apiKey: ApiKey;
  onClose: () => void;
}

function Rotate({ apiKey, onClose }: DialogProps) {
  const client = useQueryClient();
  const [hours, setHours] = useState<(typeof OVERLAPS)[number]>('24');
  const rotate = useMutation({
    mutationFn: () =>
      request<NewApiKey & { predecessorEndsAt: string }>('POST', `/api-keys/${apiKey.id}/rotate`, {
        body: { overlapHours: Number(hours) },
        headers: { 'idempotency-key': crypto.randomUUID() },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['/api-keys'] }),
    gcTime: 0,
  });
  if (rotate.data) return <ShownKey made={rotate.data} predecessorEndsAt={rotate.data.predecessorEndsAt} onClose={onClose} />;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('keys.rotate.of', { name: apiKey.name })}
      description={t('keys.rotate.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button variant="primary" busy={rotate.isPending} onClick={() => rotate.mutate()}>
            {t('keys.rotate')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {rotate.error && <ProblemView error={rotate.error} />}
        <Field label={t('keys.rotate.hours')} help={t('keys.rotate.hours.help')}>
          {(control) => (
            <Select
              {...control}
              className="max-w-60"
              value={hours}
              onChange={setHours}
              choices={OVERLAPS.map((value) => ({
                value,
                label: value === '0' ? t('keys.rotate.atOnce') : t('keys.rotate.choice', { count: Number(value) }),
              }))}
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}

function Edit({ apiKey, onClose }: DialogProps) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => draftOfKey(apiKey));
  const { ready, ...limits } = limitsOf(draft);
  const save = useMutation({
    mutationFn: () =>
      request('PATCH', `/api-keys/${apiKey.id}`, { body: { name: draft.name, ...limits }, headers: { 'if-match': `"${apiKey.version}"` } }),
    onSuccess: async () => {
      toast.done(t('keys.edited', { name: draft.name }));
      await client.invalidateQueries({ queryKey: ['/api-keys'] });
      onClose();
    },
  });
  const errors = errorsByPointer(save.error && toProblem(save.error));
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={(open) => !open && onClose()}
      title={t('keys.edit.of', { name: apiKey.name })}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" form="edit-key" variant="primary" busy={save.isPending} disabled={!ready || draft.name.trim() === ''}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <form
        id="edit-key"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !save.isPending) save.mutate();
        }}
      >
        {save.error && Object.keys(errors).length === 0 && <ProblemView error={save.error} />}
        <KeyFields draft={draft} onChange={setDraft} errors={errors} />
      </form>
    </Dialog>
  );
}

function Revoke({ apiKey, onClose }: DialogProps) {
  const client = useQueryClient();
  const { name } = apiKey;
  const revoke = async () => {
    await request('DELETE', `/api-keys/${apiKey.id}`);
    toast.done(t('keys.revoked', { name }));
    await client.invalidateQueries({ queryKey: ['/api-keys'] });
  };
  return (
    <Confirm
      open
      danger
      onOpenChange={(open) => !open && onClose()}
      title={t('keys.revoke.of', { name })}
      action={t('keys.revoke')}
      onConfirm={revoke}
    >
      {t('keys.revoke.text')}
    </Confirm>
  );
}

const DIALOGS = { edit: Edit, rotate: Rotate, revoke: Revoke };
/** What an act on a key asks before it happens. */
export function KeyDialog({ act, ...props }: DialogProps & { act: KeyAct }) {
  const Which = DIALOGS[act];
  return <Which {...props} />;
}
