import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { NewApiKey } from '#features/settings/types.ts';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Select } from '#ui/select.tsx';
import { KeyFields, limitsOf, NEW_KEY } from './key-fields.tsx';
import { ShownKey } from './shown-key.tsx';

const DAYS = ['1', '7', '30', '90', '180', '365'] as const;

export interface NewKeyDialogProps {
  /** Whose key it will be; one's own when left out. */
  account?: { id: string; name: string };
  onClose: () => void;
}
/** Make a key: a name, how long, and optionally less than its owner may. */
export function NewKeyDialog({ account, onClose }: NewKeyDialogProps) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(NEW_KEY);
  const [days, setDays] = useState<(typeof DAYS)[number]>('90');
  const { permissions, scope, cidrs, ready } = limitsOf(draft);
  const create = useMutation({
    mutationFn: () =>
      request<NewApiKey>('POST', '/api-keys', {
        body: {
          name: draft.name,
          expiresInDays: Number(days),
          ...(permissions ? { permissions } : {}),
          ...(scope ? { scope } : {}),
          ...(cidrs.length > 0 ? { cidrs } : {}),
          ...(account ? { serviceAccountId: account.id } : {}),
        },
        headers: { 'idempotency-key': crypto.randomUUID() },
      }),
    onSuccess: () =>
      Promise.all([client.invalidateQueries({ queryKey: ['/api-keys'] }), client.invalidateQueries({ queryKey: ['/service-accounts'] })]),
    // The key must not stay in memory once the dialog is gone.
    gcTime: 0,
  });
  if (create.data) return <ShownKey made={create.data} onClose={onClose} />;

  const errors = errorsByPointer(create.error && toProblem(create.error));
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={(open) => !open && onClose()}
      title={account ? t('keys.create.for', { name: account.name }) : t('keys.create')}
      description={account ? t('keys.create.forText') : t('keys.create.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" form="new-key" variant="primary" busy={create.isPending} disabled={!ready}>
            {t('action.create')}
          </Button>
        </>
      }
    >
      <form
        id="new-key"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !create.isPending) create.mutate();
        }}
      >
        {create.error && Object.keys(errors).length === 0 && <ProblemView error={create.error} />}
        <KeyFields draft={draft} onChange={setDraft} errors={errors} />
        <Field label={t('keys.days')} error={errors['/expiresInDays']}>
          {(control) => (
            <Select
              {...control}
              className="max-w-48"
              value={days}
              onChange={setDays}
              choices={DAYS.map((value) => ({ value, label: t('keys.days.choice', { count: Number(value) }) }))}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
