import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import { Spinner } from './spinner.tsx';
import { Tooltip } from './tooltip.tsx';

const button = cva(
  'relative inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none transition-colors duration-100 disabled:cursor-not-allowed aria-disabled:cursor-not-allowed [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-accent-fill text-white shadow-control enabled:hover:bg-accent-fill-hover disabled:opacity-50 aria-disabled:opacity-50',
        secondary:
          'border border-line-strong bg-surface text-ink shadow-control enabled:hover:bg-hover disabled:text-ink-3 aria-disabled:text-ink-3 aria-disabled:shadow-none',
        ghost: 'text-ink-2 enabled:hover:bg-hover enabled:hover:text-ink disabled:text-ink-3 aria-disabled:text-ink-3 aria-expanded:bg-press',
        danger: 'bg-bad-fill text-white shadow-control enabled:hover:bg-bad-fill-hover disabled:opacity-50 aria-disabled:opacity-50',
        'danger-quiet':
          'border border-line-strong bg-surface text-bad shadow-control enabled:hover:bg-bad-wash disabled:text-ink-3 aria-disabled:text-ink-3 aria-disabled:shadow-none',
        link: 'text-accent underline-offset-2 enabled:hover:underline',
      },
      size: { sm: 'h-7 px-2.5 text-xs', md: 'h-8 px-3 text-sm', lg: 'h-10 px-4 text-base', icon: 'size-8', 'icon-sm': 'size-7' },
    },
    compoundVariants: [{ variant: 'link', className: 'h-auto! px-0!' }],
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
);

export interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof button> {
  /** Draw the child (a link) as a button. */
  asChild?: boolean;
  /** Shows a spinner and refuses clicks, keeping its width. */
  busy?: boolean;
  /** Why it cannot be used now. The button stays focusable, so that keyboards and screen readers reach the reason. */
  blocked?: string | null | undefined;
  icon?: ReactNode;
}

/** Every act a person can start. */
export function Button({ variant, size, asChild, busy, blocked, icon, className, children, onClick, ...rest }: ButtonProps) {
  const classes = cx(button({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root
        className={cx(
          classes,
          variant === 'secondary' || !variant
            ? 'hover:bg-hover'
            : variant === 'ghost'
              ? 'hover:bg-hover hover:text-ink'
              : variant === 'primary' && 'hover:bg-accent-fill-hover',
        )}
        {...rest}
      >
        {children}
      </Slot.Root>
    );
  }
  const inert = busy || Boolean(blocked);
  const element = (
    <button
      type="button"
      {...rest}
      className={classes}
      aria-disabled={inert || undefined}
      aria-busy={busy || undefined}
      onClick={inert ? (event) => event.preventDefault() : onClick}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  );
  return blocked ? <Tooltip text={blocked}>{element}</Tooltip> : element;
}
