import { Check, Hourglass, Minus, X } from 'lucide-react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import type { Change } from '#lib/types.ts';
import { stateText } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import { stationsOf, type Mark } from './stations.ts';

const dots: Record<Mark, string> = {
  done: 'border-good bg-good text-surface',
  now: 'border-accent bg-surface text-accent',
  wait: 'border-warn bg-surface text-warn',
  bad: 'border-bad bg-bad text-surface',
  off: 'border-ink-3 bg-ink-3 text-surface',
  todo: 'border-line-strong bg-surface text-ink-3',
};
const rails: Record<Mark, string> = { done: 'bg-good', now: 'bg-accent', wait: 'bg-warn', bad: 'bg-bad', off: 'bg-ink-3', todo: 'bg-line-strong' };

const Dot = ({ mark }: { mark: Mark }) => (
  <span aria-hidden className={cx('relative z-1 grid size-5 place-items-center rounded-full border-2', dots[mark])}>
    {mark === 'done' && <Check className="size-3" strokeWidth={3.5} />}
    {mark === 'bad' && <X className="size-3" strokeWidth={3.5} />}
    {mark === 'off' && <Minus className="size-3" strokeWidth={3.5} />}
    {mark === 'wait' && <Hourglass className="size-2.5" strokeWidth={2.5} />}
    {mark === 'now' && <span className="size-2 animate-pulse rounded-full bg-accent" />}
  </span>
);

/** The way of a Change as a line with stations: where it is, what lies behind, what comes. */
export function ChangeLine({ change }: { change: Change }) {
  const stations = stationsOf(change);
  return (
    <ol aria-label={t('change.line')} className="flex overflow-x-auto rounded-lg border border-line bg-surface px-2 py-3.5 sm:px-4">
      {stations.map(({ key, mark, at }, i) => {
        const here = mark !== 'done' && mark !== 'todo';
        const last = key === 'finished' && mark === 'done';
        return (
          <li key={key} aria-current={here ? 'step' : undefined} className="relative flex min-w-16 flex-1 flex-col items-center gap-1 text-center">
            {i > 0 && <span aria-hidden className={cx('absolute end-1/2 top-[9px] h-0.5 w-full', rails[mark])} />}
            <Dot mark={mark} />
            <span className={cx('px-0.5 text-xs leading-4', mark === 'todo' ? 'text-ink-3' : 'font-medium text-ink')}>
              {here || last ? stateText(change.state) : t(`change.station.${key}`)}
            </span>
            <span className="sr-only">{t(`change.mark.${mark}`)}</span>
            <span className="min-h-4 text-2xs text-ink-3 max-sm:hidden">{at && <Time at={at} />}</span>
          </li>
        );
      })}
    </ol>
  );
}
