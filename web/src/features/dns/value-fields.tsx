import { t } from '#lib/i18n.ts';
import { Field, type FieldControl } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Select } from '#ui/select.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { meantInZone } from './record-name.ts';
import type { ValueField, Values } from './record-types.ts';

export interface ValueFieldsProps {
  fields: readonly ValueField[];
  values: Values;
  onChange: (values: Values) => void;
  /** Keys of fields that are still empty, once one has tried to go on. */
  missing: readonly string[];
  zone: string;
}

/** A host without a dot names a top-level domain; this asks whether that was meant. */
const HostHint = ({ host, zone, onUse }: { host: string; zone: string; onUse: (host: string) => void }) => {
  const meant = meantInZone(host, zone);
  return meant ? (
    <>
      {t('record.host.bare', { host })}{' '}
      <button type="button" className="font-mono text-accent hover:underline" onClick={() => onUse(meant)}>
        {t('record.host.use', { name: meant })}
      </button>
    </>
  ) : (
    t('record.host.help')
  );
};

function Control({
  field,
  control,
  value,
  onChange,
}: {
  field: ValueField;
  control: FieldControl;
  value: string;
  onChange: (value: string) => void;
}) {
  if (field.kind === 'choice')
    return (
      <Select {...control} value={value} onChange={onChange} choices={(field.choices ?? []).map((choice) => ({ value: choice, label: choice }))} />
    );
  const shared = { ...control, value, spellCheck: false, placeholder: field.example };
  if (field.kind === 'long') return <Textarea {...shared} mono rows={2} onChange={(event) => onChange(event.target.value)} />;
  return (
    <Input
      {...shared}
      mono
      autoComplete="off"
      autoCapitalize="none"
      {...(field.kind === 'number' ? { inputMode: 'numeric' as const } : {})}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** The parts of a value, as its type has them. */
export const ValueFields = ({ fields, values, onChange, missing, zone }: ValueFieldsProps) => (
  <div className="grid grid-cols-2 gap-3 sm:grid-cols-6">
    {fields.map((field) => {
      const value = values[field.key] ?? '';
      const set = (next: string) => onChange({ ...values, [field.key]: next });
      return (
        <div key={field.key} className={field.wide ? 'col-span-full sm:[&:not(:first-child)]:col-span-4' : 'sm:col-span-2'}>
          <Field
            label={t(field.label)}
            error={missing.includes(field.key) ? t('form.required') : undefined}
            help={field.kind === 'host' ? <HostHint host={value} zone={zone} onUse={set} /> : undefined}
          >
            {(control) => <Control field={field} control={control} value={value} onChange={set} />}
          </Field>
        </div>
      );
    })}
  </div>
);
