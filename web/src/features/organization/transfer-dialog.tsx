import { useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { usePeople } from '#features/team/member-dialogs.tsx';
import { t } from '#lib/i18n.ts';
import { useMe } from '#lib/session.ts';
import { Combobox } from '#ui/combobox.tsx';
import { Field } from '#ui/field.tsx';
import { pathOf } from './api.ts';

/** Offers the ownership to another member, who has seven days to take it. */
export function TransferDialog({ onClose }: { onClose: () => void }) {
  const { tenant, actor } = useMe();
  const tell = useTell();
  const people = usePeople(actor.id);
  const [userId, setUserId] = useState('');
  return (
    <ReviewDialog
      title={t('org.transfer')}
      description={t('org.transfer.text')}
      call={userId ? { method: 'POST', path: pathOf(tenant.id, '/transfer-ownership'), body: { userId } } : null}
      action={t('org.transfer.offer')}
      danger
      touched={[pathOf(tenant.id, '/transfer-ownership')]}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('org.transfer.offered'))}
    >
      <Field label={t('org.transfer.to')} required>
        {(control) => (
          <Combobox
            control={control}
            value={userId}
            onChange={setUserId}
            choices={people.map(({ id, name, email }) => ({ value: id, label: name, hint: email }))}
          />
        )}
      </Field>
    </ReviewDialog>
  );
}
