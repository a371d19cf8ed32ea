import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { duration } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import type { Durations } from './groups.ts';

const HEIGHT = 132;
const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function plotOf(host: HTMLElement, { times, good, bad }: Durations): uPlot {
  const axis = { stroke: colour('ink-3'), grid: { stroke: colour('line'), width: 1 }, ticks: { show: false } };
  const dots = (name: string, size: number): uPlot.Series => ({ paths: () => null, points: { show: true, size, fill: colour(name), stroke: colour(name) } });
  // By their order, not by the clock: runs of one minute would lie on each other, and nights would be empty.
  const order = times.map((_, at) => at + 1);
  return new uPlot(
    {
      width: Math.max(200, host.clientWidth),
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false, range: () => [0, times.length + 1] }, y: { range: (_plot, _least, most) => [0, Math.max(0.001, most) * 1.1] } },
      axes: [{ ...axis, show: false }, { ...axis, size: 80, values: (_plot, splits) => splits.map((seconds) => duration(seconds)) }],
      series: [{}, dots('good', 6), dots('bad', 8)],
    },
    [order, good, bad],
    host,
  );
} // prettier-ignore

/** How long the last executions took, the oldest on the left; each is a dot, and those that failed are larger. */
export function DurationChart({ durations, label }: { durations: Durations; label: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    let plot = plotOf(element, durations);
    const sized = new ResizeObserver(() => plot.setSize({ width: Math.max(200, element.clientWidth), height: HEIGHT }));
    sized.observe(element);
    // Colours are painted, so another theme needs another painting.
    const paint = (): void => {
      plot.destroy();
      plot = plotOf(element, durations);
    };
    const themed = new MutationObserver(paint);
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', paint);
    themed.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'data-theme', 'style'] });
    return () => {
      sized.disconnect();
      themed.disconnect();
      system.removeEventListener('change', paint);
      plot.destroy();
    };
  }, [durations]);
  return (
    <figure className="m-0 flex min-w-0 flex-col gap-1">
      <div ref={host} role="img" aria-label={label} className="w-full min-w-0 overflow-hidden" />
      <figcaption className="flex gap-4 text-xs text-ink-2">
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-1.5 rounded-full bg-good" />
          {t('executions.chart.good')}
        </span>
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-full bg-bad" />
          {t('executions.chart.bad')}
        </span>
      </figcaption>
    </figure>
  );
}
