import { useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import type { ServiceAccount } from '#features/settings/types.ts';
import { usePeople } from '#features/team/member-dialogs.tsx';
import { t } from '#lib/i18n.ts';
import { Combobox } from '#ui/combobox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { useMe } from '#lib/session.ts';

export const ACCOUNT_LISTS = ['/service-accounts', '/members', '/api-keys'];

/** Makes an account for a machine, or changes one. */
export function AccountDialog({ account, onClose }: { account?: ServiceAccount; onClose: () => void }) {
  const tell = useTell();
  const { actor } = useMe();
  const people = usePeople('');
  const [name, setName] = useState(account?.name ?? '');
  const [description, setDescription] = useState(account?.description ?? '');
  const [ownerId, setOwnerId] = useState(account?.owner?.id ?? actor.id);
  const body = { name: name.trim(), description: description.trim(), ...(ownerId ? { ownerId } : {}) };
  const ready = body.name.length >= 2;
  return (
    <ReviewDialog
      title={account ? t('accounts.edit.of', { name: account.name }) : t('accounts.create')}
      description={t('accounts.text')}
      call={
        !ready
          ? null
          : account
            ? { method: 'PATCH', path: `/service-accounts/${account.id}`, body, ifMatch: account.version }
            : { method: 'POST', path: '/service-accounts', body }
      }
      action={account ? t('action.save') : t('action.create')}
      touched={ACCOUNT_LISTS}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, account ? t('accounts.edited', { name }) : t('accounts.created', { name }))}
    >
      <Field label={t('keys.column.name')} help={t('accounts.name.help')} required>
        {(control) => <Input {...control} maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label={t('roles.column.description')} required={false}>
        {(control) => <Input {...control} maxLength={500} value={description} onChange={(event) => setDescription(event.target.value)} />}
      </Field>
      <Field label={t('accounts.owner')} help={t('accounts.owner.help')}>
        {(control) => (
          <Combobox
            control={control}
            value={ownerId}
            onChange={setOwnerId}
            choices={people.map(({ id, name: label, email }) => ({ value: id, label, hint: email }))}
          />
        )}
      </Field>
    </ReviewDialog>
  );
}
