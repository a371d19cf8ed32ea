import { X } from 'lucide-react';
import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import type { FieldControl } from './field.tsx';
import { PickList, type PickChoice } from './pick-list.tsx';

export interface MultiSelectProps {
  control: FieldControl;
  choices: readonly PickChoice[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  /** What was typed may be chosen as it is: an environment or an id that is not listed. */
  free?: boolean;
  placeholder?: string;
}

/** Several of many, found by typing. What is chosen stands below, and can be taken away again there. */
export function MultiSelect({ control, choices, value, onChange, free = false, placeholder }: MultiSelectProps) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const label = (one: string): string => choices.find((choice) => choice.value === one)?.label ?? one;
  const toggle = (one: string) => onChange(value.includes(one) ? value.filter((other) => other !== one) : [...value, one]);
  const take = () => {
    if (!value.includes(text)) onChange([...value, text]);
    setText('');
  };
  const takes = free && text.trim() !== '' && !choices.some((choice) => choice.value === text);
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <PickList
        {...{ control, choices, open, text }}
        shown={value.length === 0 ? (placeholder ?? t('form.choose')) : t('multi.chosen', { count: value.length })}
        empty={value.length === 0}
        onOpenChange={setOpen}
        onText={setText}
        onPick={toggle}
        onTake={takes ? take : undefined}
        chosen={(one) => value.includes(one)}
      />
      {value.length > 0 && (
        <ul className="flex flex-wrap gap-1">
          {value.map((one) => (
            <li key={one} className="inline-flex h-6 max-w-full items-center gap-1 rounded-sm bg-quiet-wash ps-1.5 text-xs text-ink-2">
              <span className="truncate">{label(one)}</span>
              <button
                type="button"
                aria-label={t('multi.remove', { name: label(one) })}
                onClick={() => toggle(one)}
                className="grid size-6 shrink-0 place-items-center rounded-sm hover:bg-hover hover:text-ink"
              >
                <X aria-hidden className="size-3" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
