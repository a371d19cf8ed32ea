import { useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { useMe } from '#lib/session.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { pathOf } from './api.ts';
import { OUTSIDE } from './leave-dialog.tsx';

/** Deletes the organisation: its name typed, the plan seen, and for thirty days the way back. */
export function DeleteDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const { tenant } = useMe();
  const tell = useTell();
  const [typed, setTyped] = useState('');
  return (
    <ReviewDialog
      title={t('org.delete.of', { name })}
      description={t('org.delete.restore')}
      call={typed === name ? { method: 'DELETE', path: pathOf(tenant.id), query: { confirmName: typed } } : null}
      action={t('org.delete.action')}
      danger
      touched={[]}
      onClose={onClose}
      onOutcome={(outcome) => {
        tell(outcome, t('org.deleted', { name }));
        // Nobody works in it any more. While it waits for another owner, everything goes on.
        if (outcome.status === 'done') location.assign(OUTSIDE);
      }}
    >
      <p className="text-pretty text-ink-2">{t('org.delete.text')}</p>
      <Field label={t('confirm.type', { name })} required>
        {(control) => <Input {...control} autoComplete="off" spellCheck={false} value={typed} onChange={(event) => setTyped(event.target.value)} />}
      </Field>
    </ReviewDialog>
  );
}
