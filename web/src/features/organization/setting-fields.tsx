import type { ReactNode } from 'react';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Switch } from '#ui/switch.tsx';

export interface NumberSettingProps {
  label: string;
  help?: string;
  unit?: string;
  value: number;
  min: number;
  max: number;
  disabled: boolean;
  error: string | undefined;
  onChange: (value: number) => void;
}
/** A whole number with its bounds. */
export const NumberSetting = ({ label, help, unit, value, min, max, disabled, error, onChange }: NumberSettingProps) => (
  <Field label={label} help={help} error={error} aside={unit}>
    {(control) => (
      <Input
        {...control}
        type="number"
        inputMode="numeric"
        min={min}
        max={max}
        disabled={disabled}
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
      />
    )}
  </Field>
);

export interface SwitchSettingProps {
  label: ReactNode;
  help?: ReactNode;
  on: boolean;
  disabled: boolean;
  error?: string | undefined;
  onChange: (on: boolean) => void;
}
/** A setting that is on or off, with its sentence. */
export const SwitchSetting = ({ label, help, on, disabled, error, onChange }: SwitchSettingProps) => (
  <Field label={label} help={help} error={error} inline>
    {(control) => <Switch {...control} aria-required={undefined} disabled={disabled} checked={on} onCheckedChange={onChange} />}
  </Field>
);
