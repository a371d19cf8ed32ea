import { cx } from '#lib/cx.ts';
import { Input, type InputProps } from './input.tsx';

export interface CodeInputProps extends Omit<InputProps, 'onChange' | 'value'> {
  value: string;
  onChange: (value: string) => void;
  /** Called once as many digits are there as wanted. */
  onFull?: (value: string) => void;
  digits?: number;
}
/** Six digits in one field: it can be pasted into, phones offer the code of a message, and screen readers read one label. */
export const CodeInput = ({ value, onChange, onFull, digits = 6, className, ...rest }: CodeInputProps) => (
  <Input
    mono
    inputMode="numeric"
    autoComplete="one-time-code"
    pattern={`[0-9]{${digits}}`}
    spellCheck={false}
    value={value}
    onChange={(event) => {
      const next = event.target.value.replaceAll(/\D/g, '').slice(0, digits);
      onChange(next);
      if (next.length === digits && value.length < digits) onFull?.(next);
    }}
    className={cx('h-11! max-w-56 text-center text-xl! tracking-[0.35em]', className)}
    {...rest}
  />
);
