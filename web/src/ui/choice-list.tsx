import { RadioGroup } from 'radix-ui';
import { useId, type ReactNode } from 'react';
import { cx } from '#lib/cx.ts';

export interface ListedChoice<T extends string> {
  value: T;
  label: ReactNode;
  help?: ReactNode;
}
export interface ChoiceListProps<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  choices: readonly ListedChoice<T>[];
  className?: string;
}
/** One of a few, each with a sentence that says what it means. */
export function ChoiceList<T extends string>({ label, value, onChange, choices, className }: ChoiceListProps<T>) {
  const id = useId();
  return (
    <RadioGroup.Root aria-label={label} value={value} onValueChange={(next) => onChange(next as T)} className={cx('flex flex-col gap-2', className)}>
      {choices.map((choice) => (
        <div key={choice.value} className="flex items-start gap-2.5">
          <RadioGroup.Item
            id={`${id}-${choice.value}`}
            value={choice.value}
            {...(choice.help ? { 'aria-describedby': `${id}-${choice.value}-help` } : {})}
            className="relative mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-line-control bg-surface after:absolute after:-inset-1 data-[state=checked]:border-accent-fill"
          >
            <RadioGroup.Indicator className="size-2 rounded-full bg-accent-fill" />
          </RadioGroup.Item>
          <div className="min-w-0">
            <label htmlFor={`${id}-${choice.value}`} className="font-medium">
              {choice.label}
            </label>
            {choice.help && (
              <p id={`${id}-${choice.value}-help`} className="text-xs text-ink-3">
                {choice.help}
              </p>
            )}
          </div>
        </div>
      ))}
    </RadioGroup.Root>
  );
}
