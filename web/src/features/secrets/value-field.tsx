import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { Field, type FieldControl } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { PasswordInput } from '#ui/password-input.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { valueFault } from './rules.ts';
import type { ValueType } from './value-types.ts';

interface ValueControlProps {
  control: FieldControl;
  type: ValueType;
  value: string;
  onChange: (value: string) => void;
  autoFocus?: boolean;
}
const isLong = (type: ValueType): boolean => type === 'multiline' || type === 'json';

/** Several lines, hidden as a password is. */
function LongControl({ control, value, onChange }: ValueControlProps) {
  const [visible, setVisible] = useState(false);
  return (
    <div className="relative">
      <Textarea
        {...control}
        mono
        rows={4}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="none"
        className={cx('pe-10!', !visible && '[-webkit-text-security:disc]')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <button
        type="button"
        aria-label={t(visible ? 'password.hide' : 'password.show')}
        aria-pressed={visible}
        onClick={() => setVisible(!visible)}
        className="absolute end-1 top-0.5 grid size-8 place-items-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink"
      >
        {visible ? <EyeOff aria-hidden className="size-4" /> : <Eye aria-hidden className="size-4" />}
      </button>
    </div>
  );
}

/** A value of some type, hidden while it is typed unless it is plain text, and kept by no password manager or history of the browser. */
export function ValueControl(props: ValueControlProps) {
  const { control, type, value, onChange, autoFocus } = props;
  if (isLong(type)) return <LongControl {...props} />;
  if (type === 'text' || type === 'number')
    return (
      <Input
        {...control}
        mono
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        inputMode={type === 'number' ? 'decimal' : 'text'}
        autoFocus={autoFocus}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  return (
    <PasswordInput
      {...control}
      mono
      autoComplete="new-password"
      data-1p-ignore
      data-lpignore="true"
      autoFocus={autoFocus}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

export interface ValueFieldProps {
  label?: string;
  type: ValueType;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  autoFocus?: boolean;
}
/** With what is wrong with it, as far as that can be told here. */
export function ValueField({ label, type, value, onChange, error, autoFocus = false }: ValueFieldProps) {
  const fault = valueFault(type, value);
  return (
    <Field label={label ?? t('secrets.value')} help={t('secrets.value.help')} error={fault ? t(`secrets.value.${fault}`) : error} required>
      {(control) => <ValueControl {...{ control, type, value, onChange, autoFocus }} />}
    </Field>
  );
}
