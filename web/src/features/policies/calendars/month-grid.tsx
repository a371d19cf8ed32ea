import { useRef, useState, type KeyboardEvent } from 'react';
import { cx } from '#lib/cx.ts';
import { currentLanguage, isRightToLeft, t } from '#lib/i18n.ts';
import { addDays, monthOf, touches, weeksOf, type Day } from './month.ts';
import type { FreezeEntry } from './types.ts';

const format = (day: Day, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(currentLanguage(), { timeZone: 'UTC', ...options }).format(new Date(`${day}T00:00:00Z`));
export const monthName = (month: string): string => format(`${month}-01`, { month: 'long', year: 'numeric' });

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const MIRRORED: typeof STEPS = { ...STEPS, ArrowLeft: 1, ArrowRight: -1 };

export interface MonthGridProps {
  month: string;
  today: Day;
  zone: string;
  entries: readonly FreezeEntry[];
  /** Why no freeze can be added. */
  blocked: string | null;
  onMonth: (month: string) => void;
  onDay: (day: Day) => void;
  onEntry: (entry: FreezeEntry) => void;
}

/** A month of freezes. One day is in the order of Tab; arrows walk the days, Page keys the months, Enter adds a freeze. */
export function MonthGrid({ month, today, zone, entries, blocked, onMonth, onDay, onEntry }: MonthGridProps) {
  const table = useRef<HTMLTableElement>(null);
  const [chosen, setChosen] = useState<Day>(monthOf(today) === month ? today : `${month}-01`);
  const current = monthOf(chosen) === month ? chosen : `${month}-01`;
  const weeks = weeksOf(month);

  const walk = (event: KeyboardEvent<HTMLTableElement>) => {
    const step = (isRightToLeft() ? MIRRORED : STEPS)[event.key];
    const next = step === undefined ? undefined : addDays(current, step);
    if (next === undefined || !(event.target as HTMLElement).matches('[data-day]')) return;
    event.preventDefault();
    setChosen(next);
    if (monthOf(next) !== month) onMonth(monthOf(next));
    // The button of the next day exists after the next drawing, since it may be in another month.
    requestAnimationFrame(() => table.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus());
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the buttons inside are heard here
    <table ref={table} onKeyDown={walk} aria-label={monthName(month)} className="w-full table-fixed border-collapse">
      <thead>
        <tr>
          {weeks[0]!.map((day) => (
            <th key={day} scope="col" className="pb-1 text-start text-xs font-normal text-ink-3">
              <span aria-hidden>{format(day, { weekday: 'short' })}</span>
              <span className="sr-only">{format(day, { weekday: 'long' })}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => {
              const here = entries.filter((entry) => touches(entry, day, zone));
              const outside = monthOf(day) !== month;
              const title = format(day, { weekday: 'long', day: 'numeric', month: 'long' });
              return (
                <td key={day} className={cx('h-14 border border-line align-top sm:h-24', outside && 'bg-sunken', here.length > 0 && 'bg-warn-wash')}>
                  <button
                    type="button"
                    data-day={day}
                    tabIndex={day === current ? 0 : -1}
                    aria-disabled={blocked ? true : undefined}
                    aria-current={day === today ? 'date' : undefined}
                    aria-label={here.length > 0 ? t('calendars.day.frozen', { day: title, count: here.length }) : title}
                    onFocus={() => setChosen(day)}
                    onClick={() => (blocked ? undefined : onDay(day))}
                    className={cx(
                      'm-0.5 grid size-6 place-items-center rounded-full text-xs hover:bg-press',
                      day === today ? 'bg-accent-fill font-semibold text-white hover:bg-accent-fill-hover' : outside ? 'text-ink-3' : 'text-ink',
                    )}
                  >
                    {Number(day.slice(8))}
                  </button>
                  <span className="flex flex-col gap-0.5 px-0.5 max-sm:hidden">
                    {here.map((entry) => (
                      <button
                        key={entry.id}
                        type="button"
                        title={`${entry.calendar}: ${entry.title}`}
                        // Once for each freeze is enough for Tab: on its first day here.
                        tabIndex={touches(entry, addDays(day, -1), zone) && day !== weeks[0]![0] ? -1 : 0}
                        onClick={() => onEntry(entry)}
                        className="truncate rounded-xs bg-warn-wash px-1 text-start text-xs font-medium text-ink hover:underline"
                      >
                        {entry.title}
                      </button>
                    ))}
                  </span>
                  {here.length > 0 && <span aria-hidden className="mx-auto block size-1.5 rounded-full bg-warn-fill sm:hidden" />}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
