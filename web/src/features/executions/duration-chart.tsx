import uPlot from 'uplot';
import { colourOf } from '#lib/theme.ts';
import { plain, plainAxis, Plot } from '#ui/plot.tsx';
import { duration } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import type { Durations } from './groups.ts';

const HEIGHT = 132;

function plotOf(host: HTMLElement, height: number, { times, good, bad }: Durations): uPlot {
  const axis = plainAxis();
  const dots = (name: string, size: number): uPlot.Series => ({ paths: () => null, points: { show: true, size, fill: colourOf(name), stroke: colourOf(name) } });
  // By their order, not by the clock: runs of one minute would lie on each other, and nights would be empty.
  const order = times.map((_, at) => at + 1);
  return new uPlot(
    {
      ...plain(host, height),
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
  return (
    <figure className="m-0 flex min-w-0 flex-col gap-1">
      <Plot data={durations} draw={plotOf} height={HEIGHT} label={label} />
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
