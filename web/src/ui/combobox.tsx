import { Command } from 'cmdk';
import { ChevronsUpDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { match } from '#lib/match.ts';
import type { FieldControl } from './field.tsx';
import { controlClasses } from './input.tsx';
import { Spinner } from './spinner.tsx';

export interface ComboboxChoice {
  value: string;
  label: string;
  hint?: ReactNode;
}
export interface ComboboxProps {
  control: FieldControl;
  choices: readonly ComboboxChoice[];
  value: string;
  onChange: (value: string) => void;
  /** Told what is typed, for choices that come from the server. */
  onSearch?: (text: string) => void;
  loading?: boolean;
  /** Why there is nothing to choose from. */
  note?: string | undefined;
  placeholder?: string;
}

/** The last choice of all: what was typed, as it is. */
const TAKE = '\u0000take';
const filter = (value: string, typed: string): number => (value === TAKE ? 0.001 : match(value, typed));

/** One of many, found by typing. What is typed can also be taken as it is: an id from elsewhere. */
export function Combobox({ control, choices, value, onChange, onSearch, loading, note, placeholder }: ComboboxProps) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const chosen = choices.find((choice) => choice.value === value);
  const type = (next: string) => {
    setText(next);
    onSearch?.(next);
  };
  const choose = (next: string) => {
    onChange(next);
    setOpen(false);
    type('');
  };
  const exact = choices.some((choice) => choice.label === text || choice.value === text);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <button
          type="button"
          role="combobox"
          aria-expanded={open}
          aria-controls={`${control.id}-list`}
          aria-haspopup="listbox"
          {...control}
          className={cx(controlClasses, 'flex h-8 items-center gap-2 px-2.5 text-start text-sm pointer-coarse:h-10', !value && 'text-ink-3')}
        >
          <span className="min-w-0 flex-1 truncate">{(chosen?.label ?? value) || (placeholder ?? t('form.choose'))}</span>
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
          <Command label={t('form.choose')} shouldFilter={!onSearch} filter={filter}>
            <div className="relative border-b border-line">
              <Command.Input
                value={text}
                onValueChange={type}
                placeholder={t('combobox.search')}
                className="h-9 w-full bg-transparent px-3 text-sm outline-none"
              />
              {loading && <Spinner className="absolute end-3 top-2.5 text-ink-3" />}
            </div>
            <Command.List id={`${control.id}-list`} className="max-h-64 overflow-y-auto p-1">
              {choices.map((choice) => (
                <Command.Item
                  key={choice.value}
                  value={`${choice.label} ${choice.value}`}
                  onSelect={() => choose(choice.value)}
                  className="flex min-h-8 items-center gap-2 rounded-sm px-2 py-1 data-[selected=true]:bg-hover"
                >
                  <span className="min-w-0 truncate">{choice.label}</span>
                  {choice.hint && <span className="min-w-0 flex-1 truncate text-end text-xs text-ink-3">{choice.hint}</span>}
                </Command.Item>
              ))}
              {text && !exact && (
                <Command.Item
                  value={TAKE}
                  onSelect={() => choose(text)}
                  className="flex min-h-8 items-center rounded-sm px-2 py-1 text-ink-2 data-[selected=true]:bg-hover"
                >
                  {t('combobox.take', { text })}
                </Command.Item>
              )}
              {!text && choices.length === 0 && !loading && <p className="px-2 py-3 text-center text-ink-3">{note ?? t('combobox.empty')}</p>}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
