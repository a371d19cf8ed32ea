import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import { controlClasses } from './input.tsx';

export interface Choice<T extends string = string> {
  value: T;
  label: ReactNode;
  /** Second line in the list only. */
  help?: ReactNode;
  disabled?: boolean;
}
export interface SelectProps<T extends string> {
  choices: readonly Choice<T>[];
  value: T | undefined;
  onChange: (value: T) => void;
  placeholder?: string;
  size?: 'sm' | 'md';
  className?: string;
  id?: string;
  disabled?: boolean;
  'aria-label'?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: true | undefined;
  'aria-required'?: true | undefined;
}

/** One of a few. For many or searched choices use Combobox. */
export function Select<T extends string>({ choices, value, onChange, placeholder, size = 'md', className, disabled, ...rest }: SelectProps<T>) {
  return (
    <Radix.Root value={value ?? ''} onValueChange={(next) => onChange(next as T)} {...(disabled === undefined ? {} : { disabled })}>
      <Radix.Trigger
        className={cx(
          controlClasses,
          'inline-flex items-center justify-between gap-2 ps-2.5 pe-2 text-start text-sm data-placeholder:text-ink-3 pointer-coarse:h-10',
          size === 'sm' ? 'h-7 text-xs' : 'h-8',
          className,
        )}
        {...rest}
      >
        <span className="truncate">
          <Radix.Value placeholder={placeholder} />
        </span>
        <ChevronDown aria-hidden className="size-3.5 shrink-0 text-ink-3" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden rounded-lg bg-raised p-1 shadow-float motion-safe:animate-in"
        >
          <Radix.Viewport>
            {choices.map((choice) => (
              <Radix.Item
                key={choice.value}
                value={choice.value}
                {...(choice.disabled ? { disabled: true } : {})}
                className="relative flex min-h-7 flex-col justify-center rounded-sm py-1 ps-7 pe-3 text-sm text-ink outline-none select-none data-disabled:text-ink-3 data-highlighted:bg-hover pointer-coarse:min-h-10"
              >
                <Radix.ItemText>{choice.label}</Radix.ItemText>
                {choice.help && <span className="text-xs text-ink-3">{choice.help}</span>}
                <Radix.ItemIndicator className="absolute start-2 top-1.5">
                  <Check aria-hidden className="size-3.5 text-accent" />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
