import { ListFilter, X } from 'lucide-react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { Menu, MenuChoice, MenuItem, MenuSeparator } from './menu.tsx';

export interface FilterProps<T extends string> {
  label: string;
  value: T | undefined;
  onChange: (value: T | undefined) => void;
  choices: readonly { value: T; label: string }[];
}
const chip = 'inline-flex h-7 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-md border px-2 text-xs pointer-coarse:h-9';

/** One filter of a list as a chip: its name when unset, its value when set. */
export function Filter<T extends string>({ label, value, onChange, choices }: FilterProps<T>) {
  const chosen = choices.find((choice) => choice.value === value);
  return (
    <span className="inline-flex shrink-0">
      <Menu
        trigger={
          <button
            type="button"
            className={cx(
              chip,
              chosen
                ? 'rounded-e-none border-accent/40 bg-accent-wash text-ink'
                : 'border-dashed border-line-control text-ink-2 hover:bg-hover hover:text-ink',
            )}
          >
            {!chosen && <ListFilter aria-hidden className="size-3" />}
            {chosen ? (
              <>
                <span className="text-ink-2">{label}</span> <span className="font-medium">{chosen.label}</span>
              </>
            ) : (
              label
            )}
          </button>
        }
      >
        <MenuChoice value={value ?? ('' as T)} onChange={onChange} choices={choices} />
        {chosen && (
          <>
            <MenuSeparator />
            <MenuItem icon={<X aria-hidden />} onSelect={() => onChange(undefined)}>
              {t('filter.clear')}
            </MenuItem>
          </>
        )}
      </Menu>
      {chosen && (
        <button
          type="button"
          aria-label={t('filter.clearOne', { label })}
          onClick={() => onChange(undefined)}
          className={cx(chip, 'rounded-s-none border-s-0 border-accent/40 bg-accent-wash px-1.5 text-ink-2 hover:text-ink')}
        >
          <X aria-hidden className="size-3" />
        </button>
      )}
    </span>
  );
}

/** A filter that is on or off. */
export const FilterToggle = ({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) => (
  <button
    type="button"
    aria-pressed={on}
    onClick={() => onChange(!on)}
    className={cx(
      chip,
      on ? 'border-accent/40 bg-accent-wash font-medium text-ink' : 'border-dashed border-line-control text-ink-2 hover:bg-hover hover:text-ink',
    )}
  >
    {label}
    {on && <X aria-hidden className="size-3 text-ink-2" />}
  </button>
);
