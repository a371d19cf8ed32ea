import { CircleAlert } from 'lucide-react';
import { Label as Radix } from 'radix-ui';
import { useId, type ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';

export interface FieldControl {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  'aria-required': true | undefined;
}
export interface FieldProps {
  label: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
  required?: boolean;
  /** At the end of the label's line: a counter, a link. */
  aside?: ReactNode;
  /** The control stands before its label: a checkbox. */
  inline?: boolean;
  children: (control: FieldControl) => ReactNode;
}

/** Label, control, help and error tied together by id. Spread the given props on the control. */
export function Field({ label, help, error, required, aside, inline, children }: FieldProps) {
  const id = useId();
  const described = [help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;
  const control = children({
    id,
    'aria-describedby': described,
    'aria-invalid': error ? true : undefined,
    'aria-required': (required && !inline) || undefined,
  });
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex items-baseline justify-between gap-3">
        <span className={cx('min-w-0', inline && 'flex items-center gap-2')}>
          {inline && control}
          <Radix.Root htmlFor={id} className="text-sm font-medium text-ink">
            {label}
          </Radix.Root>
          {required === false && <span className="ms-1.5 text-sm text-ink-3">{t('field.optional')}</span>}
        </span>
        {aside && <span className="text-xs text-ink-3">{aside}</span>}
      </div>
      {!inline && control}
      {error && (
        <p id={`${id}-error`} className="flex items-start gap-1 text-xs text-bad">
          <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
          {error}
        </p>
      )}
      {help && (
        <p id={`${id}-help`} className="text-xs text-ink-3">
          {help}
        </p>
      )}
    </div>
  );
}
