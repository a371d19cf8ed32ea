import { Link } from '@tanstack/react-router';
import { Ban, CircleCheck, CircleX, Hourglass, type LucideIcon } from 'lucide-react';
import { cx } from '#lib/cx.ts';
import { currentLanguage, t } from '#lib/i18n.ts';
import type { AuditEntry } from '#lib/types.ts';
import { stateText } from '#ui/state.tsx';

export interface Day {
  /** ISO 8601, in the reader's zone. */
  day: string;
  items: readonly { id: string; at: string; text: string; operation: string; result: AuditEntry['result']; changeId: string | null }[];
}
const looks: Record<AuditEntry['result'], [icon: LucideIcon, tone: string]> = {
  success: [CircleCheck, 'text-good'],
  failure: [CircleX, 'text-bad'],
  denied: [Ban, 'text-warn'],
  pending: [Hourglass, 'text-warn'],
  error: [CircleX, 'text-bad'],
};
// Of a day nothing but the date is known: noon is that day in every zone it is shown in.
const dayText = (day: string): string => new Intl.DateTimeFormat(currentLanguage(), { dateStyle: 'full' }).format(new Date(`${day}T12:00:00`));
const timeText = (at: string): string => new Intl.DateTimeFormat(currentLanguage(), { timeStyle: 'short' }).format(new Date(at));

function Item({ item }: { item: Day['items'][number] }) {
  const [Icon, tone] = looks[item.result];
  return (
    <li className="relative flex gap-3 py-1.5 ps-6">
      <span className="absolute start-0 top-2 bg-canvas">
        <Icon aria-label={stateText(item.result)} role="img" className={cx('size-3.5', tone)} />
      </span>
      <time dateTime={item.at} className="w-16 shrink-0 text-xs leading-5 text-ink-3 tabular-nums">
        {timeText(item.at)}
      </time>
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {item.text}{' '}
        {item.changeId && (
          <Link to="/changes/$id" params={{ id: item.changeId }} className="text-accent underline">
            {t('audit.change')}
          </Link>
        )}
      </span>
    </li>
  );
}

/** Sentences under their day, the newest first. */
export const ActivityTimeline = ({ days }: { days: readonly Day[] }) => (
  <div className="flex flex-col gap-6">
    {days.map(({ day, items }) => (
      <section key={day} aria-label={dayText(day)}>
        <h2 className="mb-1 text-sm font-semibold">{dayText(day)}</h2>
        <ol className="border-s border-line ps-0 [&>li]:-ms-[7.5px]">
          {items.map((item) => (
            <Item key={item.id} item={item} />
          ))}
        </ol>
      </section>
    ))}
  </div>
);
