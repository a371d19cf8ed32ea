import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { isLabels } from './labels.ts';

/** Who may see something: holders of one of these labels, or everybody who may see such things at all. */
export const LabelsField = ({ value, error, onChange }: { value: string; error: string | undefined; onChange: (value: string) => void }) => (
  <Field label={t('memory.labels')} help={t('memory.labels.help')} required={false} error={isLabels(value) ? error : t('memory.labels.bad')}>
    {(control) => (
      <Input
        {...control}
        mono
        spellCheck={false}
        placeholder="team:network role:owner"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    )}
  </Field>
);
