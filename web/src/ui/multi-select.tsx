import { Command } from 'cmdk';
import { Check, ChevronsUpDown, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { match } from '#lib/match.ts';
import type { FieldControl } from './field.tsx';
import { controlClasses } from './input.tsx';

export interface MultiChoice {
  value: string;
  label: string;
  hint?: ReactNode;
}
export interface MultiSelectProps {
  control: FieldControl;
  choices: readonly MultiChoice[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  /** What was typed may be chosen as it is: an environment or an id that is not listed. */
  free?: boolean;
  placeholder?: string;
}
/** The last choice of all: what was typed, as it is. */
const TAKE = '\u0000take';
const filter = (value: string, typed: string): number => (value === TAKE ? 0.001 : match(value, typed));

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
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger asChild>
          <button
            type="button"
            role="combobox"
            aria-expanded={open}
            aria-controls={`${control.id}-list`}
            aria-haspopup="listbox"
            {...control}
            className={cx(
              controlClasses,
              'flex h-8 items-center gap-2 px-2.5 text-start text-sm pointer-coarse:h-10',
              value.length === 0 && 'text-ink-3',
            )}
          >
            <span className="min-w-0 flex-1 truncate">
              {value.length === 0 ? (placeholder ?? t('form.choose')) : t('multi.chosen', { count: value.length })}
            </span>
            <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-3" />
          </button>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            align="start"
            sideOffset={4}
            collisionPadding={8}
            className="z-50 w-(--radix-popover-trigger-width) min-w-64 rounded-lg bg-raised shadow-float outline-none motion-safe:animate-in"
          >
            <Command label={t('form.choose')} filter={filter}>
              <Command.Input
                value={text}
                onValueChange={setText}
                placeholder={t('combobox.search')}
                className="h-9 w-full border-b border-line bg-transparent px-3 text-sm outline-none"
              />
              <Command.List id={`${control.id}-list`} className="max-h-64 overflow-y-auto p-1">
                {choices.map((choice) => (
                  <Command.Item
                    key={choice.value}
                    value={`${choice.label} ${choice.value}`}
                    onSelect={() => toggle(choice.value)}
                    className="flex min-h-8 items-center gap-2 rounded-sm px-2 py-1 data-[selected=true]:bg-hover"
                  >
                    <Check aria-hidden className={cx('size-3.5 shrink-0 text-accent', !value.includes(choice.value) && 'invisible')} />
                    <span className="min-w-0 truncate">{choice.label}</span>
                    {value.includes(choice.value) && <span className="sr-only">{t('multi.on')}</span>}
                    {choice.hint && <span className="min-w-0 flex-1 truncate text-end text-xs text-ink-3">{choice.hint}</span>}
                  </Command.Item>
                ))}
                {free && text.trim() && !choices.some((choice) => choice.value === text) && (
                  <Command.Item
                    value={TAKE}
                    onSelect={take}
                    className="flex min-h-8 items-center rounded-sm px-2 py-1 text-ink-2 data-[selected=true]:bg-hover"
                  >
                    {t('combobox.take', { text })}
                  </Command.Item>
                )}
                {!text && choices.length === 0 && <p className="px-2 py-3 text-center text-ink-3">{t('combobox.empty')}</p>}
              </Command.List>
            </Command>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
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
