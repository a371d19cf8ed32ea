import { useState, type ReactNode } from 'react';
import { t, type MessageKey } from '#lib/i18n.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Select } from '#ui/select.tsx';
import { within } from './settings-rules.ts';

interface NumberFieldProps {
  label: string;
  help?: string;
  value: number;
  least: number;
  most: number;
  disabled: boolean;
  onChange: (value: number) => void;
}
/** A whole number; what is out of bounds stays to be mended and is not taken. */
export function NumberField({ label, help, value, least, most, disabled, onChange }: NumberFieldProps) {
  const [text, setText] = useState(String(value));
  const bad = within(text, least, most) === null;
  return (
    <Field label={label} help={help} error={bad ? t('workflows.settings.bounds', { least, most }) : undefined}>
      {(control) => (
        <Input
          {...control}
          inputMode="numeric"
          className="max-w-40"
          disabled={disabled}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            const next = within(event.target.value, least, most);
            if (next !== null) onChange(next);
          }}
        />
      )}
    </Field>
  );
}

interface ChoiceFieldProps<T extends string> {
  /** `workflows.settings.<name>`; the choices are below it, each with a text and a `.help`. */
  name: string;
  value: T;
  values: readonly T[];
  disabled: boolean;
  /** Why it cannot be chosen, in place of the help. */
  fixed?: ReactNode;
  onChange: (value: T) => void;
}
export const ChoiceField = <T extends string>({ name, value, values, disabled, fixed, onChange }: ChoiceFieldProps<T>) => (
  <Field label={t(`workflows.settings.${name}` as MessageKey)} help={fixed ?? t(`workflows.settings.${name}.help` as MessageKey)}>
    {(control) => (
      <Select
        {...control}
        disabled={disabled || fixed !== undefined}
        value={value}
        onChange={onChange}
        choices={values.map((one) => ({ value: one, label: t(`workflows.settings.${name}.${one}` as MessageKey) }))}
      />
    )}
  </Field>
);

interface ToggleFieldProps {
  label: string;
  help?: string;
  value: boolean;
  disabled: boolean;
  onChange: (value: boolean) => void;
}
export const ToggleField = ({ label, help, value, disabled, onChange }: ToggleFieldProps) => (
  <Field label={label} help={help} inline>
    {(control) => <Checkbox {...control} disabled={disabled} checked={value} onCheckedChange={(on) => onChange(on === true)} />}
  </Field>
);
