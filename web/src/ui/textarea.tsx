import type { ComponentProps } from 'react';
import { cx } from '#lib/cx.ts';
import { controlClasses } from './input.tsx';

/** Several lines of text; grows with its content where the browser can. */
export const Textarea = ({ className, mono, ...rest }: ComponentProps<'textarea'> & { mono?: boolean }) => (
  <textarea
    rows={3}
    className={cx(
      controlClasses,
      'field-sizing-content max-h-96 min-h-16 resize-y px-2.5 py-1.5 text-sm pointer-coarse:text-lg',
      mono && 'font-mono text-xs',
      className,
    )}
    {...rest}
  />
);
