import { useState } from 'react';
import type { Call } from '#features/review/call.ts';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { NO_VALUE, valuePart } from './draft.ts';
import { NewValueFields } from './new-value-fields.tsx';
import { SealedDialog } from './sealed-dialog.tsx';
import { ShownValue } from './shown-value.tsx';
import type { Secret, SecretOnce } from './types.ts';

/** Another value in place of the one in force: entered, or made by the server and shown once. */
export function ValueDialog({ secret, onClose }: { secret: Secret; onClose: () => void }) {
  const tell = useTell();
  const [value, setValue] = useState(NO_VALUE);
  const [expires, setExpires] = useState('');
  const [made, setMade] = useState<string | null>(null);
  const moment = expires === '' ? null : new Date(expires);
  const build = (): Call | null => {
    const part = valuePart(secret.type, value);
    if (!part || Number.isNaN(moment?.getTime())) return null;
    const body = { ...part, ...(moment ? { expiresAt: moment.toISOString() } : {}) };
    return { method: 'POST', path: `/secrets/${secret.id}/rotate`, body, ifMatch: secret.version };
  };
  if (made !== null) return <ShownValue name={secret.name} value={made} onClose={onClose} />;
  return (
    <SealedDialog<SecretOnce>
      title={t('secrets.rotate.of', { name: secret.name })}
      description={t('secrets.rotate.text')}
      build={build}
      action={t('secrets.rotate')}
      generated={value.how === 'generated'}
      onClose={onClose}
      onOutcome={(outcome) => {
        tell(outcome, t('secrets.rotated', { name: secret.name }));
        if (outcome.status === 'done' && outcome.output.value !== undefined) setMade(outcome.output.value);
        else onClose();
      }}
    >
      {(errors) => (
        <>
          <NewValueFields type={secret.type} draft={value} onChange={setValue} errors={errors} autoFocus />
          <Field label={t('secrets.expires')} help={t('secrets.expires.new')} error={errors['/expiresAt']} required={false}>
            {(control) => (
              <Input
                {...control}
                type="datetime-local"
                className="sm:max-w-64"
                value={expires}
                onChange={(event) => setExpires(event.target.value)}
              />
            )}
          </Field>
        </>
      )}
    </SealedDialog>
  );
}
