import { Check, RotateCcw, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { cx } from '#lib/cx.ts';
import { clockTime, duration } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import type { Job, Step } from '#lib/types.ts';
import { Badge } from '#ui/badge.tsx';
import { Card } from '#ui/card.tsx';
import { Progress } from '#ui/progress.tsx';
import { Spinner } from '#ui/spinner.tsx';
import type { LogLine } from './change-stream.ts';

const icons = {
  running: <Spinner className="text-accent" />,
  done: <Check aria-hidden className="size-3.5 text-good" strokeWidth={2.5} />,
  failed: <X aria-hidden className="size-3.5 text-bad" strokeWidth={2.5} />,
  undone: <RotateCcw aria-hidden className="size-3.5 text-ink-3" />,
} as const;

const StepRow = ({ step }: { step: Step }) => (
  <li className="flex items-center gap-2.5 py-1">
    <span className="grid size-5 shrink-0 place-items-center rounded-full border border-line bg-surface">{icons[step.status]}</span>
    <span className={cx('min-w-0 flex-1', step.status === 'undone' && 'text-ink-3 line-through')}>{step.title}</span>
    <span className="sr-only">{t(`change.step.${step.status}`)}</span>
    <span className="shrink-0 text-xs text-ink-3">
      {clockTime(step.startedAt)}
      {step.endedAt && <> · {duration((Date.parse(step.endedAt) - Date.parse(step.startedAt)) / 1000)}</>}
    </span>
  </li>
);

/** Log lines; stays at the end while one reads the end, and still when one has scrolled up. */
function Log({ lines }: { lines: readonly LogLine[] }) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    if (box.current && atEnd.current && lines.length > 0) box.current.scrollTop = box.current.scrollHeight;
  }, [lines.length]);
  return (
    <div
      ref={box}
      role="log"
      aria-label={t('change.run.log')}
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => (atEnd.current = scrollHeight - scrollTop - clientHeight < 24)}
      className="max-h-64 overflow-y-auto border-t border-line bg-sunken px-4 py-2 font-mono text-xs leading-5 -outline-offset-2"
    >
      {lines.map((line, i) => (
        <div key={i} className={cx('flex gap-3', line.level === 'error' ? 'text-bad' : line.level === 'warn' ? 'text-warn' : 'text-ink-2')}>
          <time dateTime={line.at} className="shrink-0 text-ink-3">
            {line.at && clockTime(line.at)}
          </time>
          <span className="min-w-0 flex-1 whitespace-pre-wrap [overflow-wrap:anywhere]">{line.text}</span>
        </div>
      ))}
    </div>
  );
}

export interface RunCardProps {
  job: Job;
  lines: readonly LogLine[];
  live: boolean;
  /** It did not end well. */
  failed: boolean;
}
/** How a Change is being carried out: progress, steps, log, as it happens. */
export const RunCard = ({ job, lines, live, failed }: RunCardProps) => (
  <Card
    flush
    title={t('change.run')}
    aside={
      <>
        {job.attempt > 1 && <Badge tone="warn">{t('change.run.attempt', { count: job.attempt })}</Badge>}
        {live && (
          <Badge tone="accent" icon={<span className="size-1.5 animate-pulse rounded-full bg-accent" />}>
            {t('change.run.live')}
          </Badge>
        )}
        <span className="w-9 text-end text-ink-2">{job.progress} %</span>
      </>
    }
  >
    <div className="px-4 py-3">
      <Progress value={job.progress} label={t('change.run.progress')} tone={failed ? 'bad' : job.progress === 100 ? 'good' : 'accent'} />
      {job.message && <p className="mt-2 text-ink-2">{job.message}</p>}
      {job.steps.length > 0 && (
        <ol className="mt-2">
          {job.steps.map((step, i) => (
            <StepRow key={`${step.key}-${i}`} step={step} />
          ))}
        </ol>
      )}
    </div>
    {lines.length > 0 && <Log lines={lines} />}
  </Card>
);
