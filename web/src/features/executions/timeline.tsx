import { cx } from '#lib/cx.ts';
import { duration } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { useNow } from '#lib/now.ts';
import { runStateText, runStateTone } from '#features/workflow-graph/run-state.tsx';
import { ticksOf, timelineOf, type Bar } from './gantt.ts';
import type { NodeRecord } from './types.ts';

const FILLS: Readonly<Record<string, string>> = {
  good: 'bg-good',
  bad: 'bg-bad',
  warn: 'bg-warn-fill',
  accent: 'bg-accent',
  quiet: 'bg-line-control',
};
const turn = ({ path, attempt }: NodeRecord): string =>
  [path && t('executions.turn', { path }), attempt > 1 && t('executions.attempt', { number: attempt })].filter(Boolean).join(', ');

const BarView = ({ bar, name, onOpen }: { bar: Bar; name: string; onOpen: () => void }) => {
  const { record, start, width, ms } = bar;
  const text = [name, turn(record), runStateText(record.status), duration(ms / 1_000)].filter(Boolean).join(' · ');
  const waits = record.status === 'waiting' || record.status === 'paused';
  return (
    <button
      type="button"
      title={text}
      aria-label={text}
      onClick={onOpen}
      style={{ insetInlineStart: `${start}%`, width: `${width}%` }}
      className={cx(
        'absolute top-1 h-5 min-w-1 rounded-xs outline-offset-1 after:absolute after:-inset-x-2 after:-inset-y-0.5',
        FILLS[runStateTone(record.status)],
        waits && 'opacity-60',
      )}
    />
  );
};

interface TimelineProps {
  records: readonly NodeRecord[];
  names: ReadonlyMap<string, string>;
  running: boolean;
  onOpen: (nodeId: string) => void;
}
/** When each node ran, and for how long: one row for each node, one bar for each run. */
export function Timeline({ records, names, running, onOpen }: TimelineProps) {
  const now = useNow();
  const { rows, span } = timelineOf(records, names, running ? now : 0);
  if (rows.length === 0) return <p className="text-ink-2">{t('executions.timeline.none')}</p>;
  const ticks = ticksOf(span);
  return (
    <div className="min-w-0 overflow-x-auto rounded-lg border border-line bg-surface p-4">
      <div className="grid min-w-[32rem] grid-cols-[minmax(7rem,12rem)_minmax(0,1fr)] gap-x-4">
        <span />
        <div aria-hidden className="relative h-5 border-b border-line text-2xs text-ink-3">
          {ticks.map((at) => (
            <span
              key={at}
              style={{ insetInlineStart: `${(at / span) * 100}%` }}
              className={cx('absolute whitespace-nowrap', at / span > 0.9 && '-translate-x-full rtl:translate-x-full')}
            >
              {duration(at / 1_000)}
            </span>
          ))}
        </div>
        <ul aria-label={t('executions.tab.timeline')} className="contents">
          {rows.map((row) => (
            <li key={row.nodeId} className="contents">
              <span className="truncate py-1 leading-5" title={row.key}>
                {row.name}
              </span>
              <div className="relative h-7 border-b border-line/60">
                {ticks.map((at) => (
                  <span
                    key={at}
                    aria-hidden
                    style={{ insetInlineStart: `${(at / span) * 100}%` }}
                    className="absolute inset-y-0 border-s border-line/60"
                  />
                ))}
                {row.bars.map((bar) => (
                  <BarView key={bar.record.id} bar={bar} name={row.name} onOpen={() => onOpen(row.nodeId)} />
                ))}
              </div>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
