import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { Input, type InputProps } from './input.tsx';

/** A password, with a button to look at it. */
export function PasswordInput({ className, large, ...rest }: InputProps & { large?: boolean }) {
  const [visible, setVisible] = useState(false);
  return (
    <div className="relative">
      <Input
        {...rest}
        type={visible ? 'text' : 'password'}
        spellCheck={false}
        autoCapitalize="none"
        className={cx('pe-10!', large && 'h-10! text-base!', className)}
      />
      <button
        type="button"
        // A disabled field out of sight must not be reached by its button either.
        tabIndex={rest.tabIndex}
        aria-label={t(visible ? 'password.hide' : 'password.show')}
        aria-pressed={visible}
        onClick={() => setVisible(!visible)}
        className={cx(
          'absolute end-1 grid w-8 place-items-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink',
          large ? 'inset-y-1' : 'inset-y-0.5',
        )}
      >
        {visible ? <EyeOff aria-hidden className="size-4" /> : <Eye aria-hidden className="size-4" />}
      </button>
    </div>
  );
}
