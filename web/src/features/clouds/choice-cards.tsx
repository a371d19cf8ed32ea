import { RadioGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from '#lib/cx.ts';

export interface ChoiceCard {
  value: string;
  title: ReactNode;
  /** Second line. */
  help?: ReactNode;
  mark?: ReactNode;
  disabled?: boolean;
}
export interface ChoiceCardsProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  choices: readonly ChoiceCard[];
  describedBy?: string | undefined;
}

/** One of a few, each with room to say what it is. Arrow keys move. */
export const ChoiceCards = ({ label, value, onChange, choices, describedBy }: ChoiceCardsProps) => (
  <RadioGroup.Root
    aria-label={label}
    aria-describedby={describedBy}
    value={value}
    onValueChange={onChange}
    className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,13rem),1fr))] gap-2"
  >
    {choices.map((choice) => (
      <RadioGroup.Item
        key={choice.value}
        value={choice.value}
        disabled={choice.disabled}
        className={cx(
          'flex min-h-14 items-center gap-3 rounded-lg border border-line-strong bg-surface px-3 py-2 text-start transition-colors duration-100 enabled:not-data-[state=checked]:hover:border-line-control enabled:not-data-[state=checked]:hover:bg-hover disabled:text-ink-3',
          'data-[state=checked]:border-accent-fill data-[state=checked]:bg-accent-wash data-[state=checked]:ring-1 data-[state=checked]:ring-accent-fill',
        )}
      >
        {choice.mark}
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{choice.title}</span>
          {choice.help && <span className="block text-xs text-ink-3">{choice.help}</span>}
        </span>
        <span aria-hidden className="grid size-4 shrink-0 place-items-center rounded-full border border-line-control">
          <RadioGroup.Indicator className="size-2 rounded-full bg-accent-fill" />
        </span>
      </RadioGroup.Item>
    ))}
  </RadioGroup.Root>
);
