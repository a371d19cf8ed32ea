import type { ReactNode } from 'react';
import { number } from '#lib/formats.ts';

export interface Bar {
  key: string;
  label: ReactNode;
  count: number;
  tone?: 'accent' | 'warn';
}

/** Counts beside each other, as bars whose lengths compare. */
export function Bars({ bars }: { bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <dl className="flex flex-col gap-1.5 text-sm">
      {bars.map(({ key, label, count, tone = 'accent' }) => (
        <div key={key} className="grid grid-cols-[minmax(0,9rem)_minmax(0,1fr)_3rem] items-center gap-3">
          <dt className="truncate text-ink-2">{label}</dt>
          <dd aria-hidden className="h-2 rounded-full bg-sunken">
            <div
              className={tone === 'warn' ? 'h-full rounded-full bg-warn' : 'h-full rounded-full bg-accent'}
              style={{ width: `${(count / most) * 100}%` }}
            />
          </dd>
          <dd className="text-end tabular-nums">{number(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
