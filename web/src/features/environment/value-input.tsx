import { valueFault } from '#features/secrets/rules.ts';
import { ValueControl } from '#features/secrets/value-field.tsx';
import type { ValueType } from '#features/secrets/value-types.ts';
import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Textarea } from '#ui/textarea.tsx';

/** What a variable can be; what has several lines is a secret of its own. */
export const VARIABLE_TYPES = ['text', 'secret', 'url', 'number', 'json'] as const satisfies readonly ValueType[];
export type VariableType = (typeof VARIABLE_TYPES)[number];
export const isVariableType = (type: string): type is VariableType => (VARIABLE_TYPES as readonly string[]).includes(type);

export interface ValueInputProps {
  type: VariableType;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
  autoFocus?: boolean;
}
/** In plain sight, as it will be in the list; hidden for type secret. */
export function VariableValue({ type, value, onChange, error, autoFocus = false }: ValueInputProps) {
  const fault = valueFault(type, value);
  return (
    <Field label={t('secrets.value')} error={fault ? t(`secrets.value.${fault}`) : error} required>
      {(control) =>
        type === 'secret' ? (
          <ValueControl control={control} type={type} value={value} onChange={onChange} autoFocus={autoFocus} />
        ) : type === 'json' ? (
          <Textarea
            {...control}
            mono
            rows={2}
            spellCheck={false}
            autoFocus={autoFocus}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <Input
            {...control}
            mono
            autoComplete="off"
            spellCheck={false}
            autoFocus={autoFocus}
            inputMode={type === 'number' ? 'decimal' : 'text'}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  );
}
