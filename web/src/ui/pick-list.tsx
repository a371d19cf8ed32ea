import { Command } from 'cmdk';
import { Check, ChevronsUpDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { match } from '#lib/match.ts';
import type { FieldControl } from './field.tsx';
import { controlClasses } from './input.tsx';
import { Spinner } from './spinner.tsx';

export interface PickChoice {
  value: string;
  label: string;
  hint?: ReactNode;
}
interface PickListProps {
  control: FieldControl;
  choices: readonly PickChoice[];
  /** What the closed control shows, and whether that stands for "nothing yet". */
  shown: string;
  empty: boolean;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  text: string;
  onText: (text: string) => void;
  onPick: (value: string) => void;
  /** What was typed may be taken as it is. */
  onTake?: (() => void) | undefined;
  /** Shows which are chosen, where several can be. */
  chosen?: (value: string) => boolean;
  /** The server has filtered already. */
  filtered?: boolean;
  loading?: boolean;
  /** Why there is nothing to choose from. */
  note?: string | undefined;
}

/** The last choice of all: what was typed, as it is. */
const TAKE = '\u0000take';
const filter = (value: string, typed: string): number => (value === TAKE ? 0.001 : match(value, typed));

const Choice = ({ choice, chosen, onPick }: { choice: PickChoice; chosen: boolean | undefined; onPick: (value: string) => void }) => (
  <Command.Item
    value={`${choice.label} ${choice.value}`}
    onSelect={() => onPick(choice.value)}
    className="flex min-h-8 items-center gap-2 rounded-sm px-2 py-1 data-[selected=true]:bg-hover"
  >
    {chosen !== undefined && <Check aria-hidden className={cx('size-3.5 shrink-0 text-accent', !chosen && 'invisible')} />}
    <span className="min-w-0 truncate">{choice.label}</span>
    {chosen && <span className="sr-only">{t('multi.on')}</span>}
    {choice.hint && <span className="min-w-0 flex-1 truncate text-end text-xs text-ink-3">{choice.hint}</span>}
  </Command.Item>
);

/** A control that opens a list to be searched by typing: what `Combobox` and `MultiSelect` have in common. */
export const PickList = ({ control, choices, shown, empty, open, onOpenChange, text, onText, onPick, onTake, ...more }: PickListProps) => (
  <Popover.Root open={open} onOpenChange={onOpenChange}>
    <Popover.Trigger asChild>
      <button
        type="button"
        role="combobox"
        aria-expanded={open}
        aria-controls={`${control.id}-list`}
        aria-haspopup="listbox"
        {...control}
        className={cx(controlClasses, 'flex h-8 items-center gap-2 px-2.5 text-start text-sm pointer-coarse:h-10', empty && 'text-ink-3')}
      >
        <span className="min-w-0 flex-1 truncate">{shown}</span>
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
        <Command label={t('form.choose')} shouldFilter={!more.filtered} filter={filter}>
          <div className="relative border-b border-line">
            <Command.Input
              value={text}
              onValueChange={onText}
              placeholder={t('combobox.search')}
              className="h-9 w-full bg-transparent px-3 text-sm outline-none"
            />
            {more.loading && <Spinner className="absolute end-3 top-2.5 text-ink-3" />}
          </div>
          <Command.List id={`${control.id}-list`} className="max-h-64 overflow-y-auto p-1">
            {choices.map((choice) => (
              <Choice key={choice.value} choice={choice} chosen={more.chosen?.(choice.value)} onPick={onPick} />
            ))}
            {onTake && (
              <Command.Item
                value={TAKE}
                onSelect={onTake}
                className="flex min-h-8 items-center rounded-sm px-2 py-1 text-ink-2 data-[selected=true]:bg-hover"
              >
                {t('combobox.take', { text })}
              </Command.Item>
            )}
            {!text && choices.length === 0 && !more.loading && <p className="px-2 py-3 text-center text-ink-3">{more.note ?? t('combobox.empty')}</p>}
          </Command.List>
        </Command>
      </Popover.Content>
    </Popover.Portal>
  </Popover.Root>
);
