import { useMemo } from 'react';
import uPlot from 'uplot';
import { colourOf } from '#lib/theme.ts';
import { plain, plainAxis, Plot } from '#ui/plot.tsx';
import { compactNumber } from '#lib/dollars.ts';
import { stacked } from './series.ts';

export interface Series {
  label: string;
  /** Name of a colour of the theme. */
  colour: string;
  counts: readonly number[];
}
const HEIGHT = 180;
/** Whole numbers from one to billions: nothing that is counted comes in parts. */
const STEPS = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();

interface Days {
  days: readonly string[];
  series: readonly Series[];
}

function plotOf(host: HTMLElement, height: number, { days, series }: Days): uPlot {
  const tops = stacked(series.map(({ counts }) => counts));
  const times = days.map((day) => Date.parse(day) / 1000);
  const axis = plainAxis();
  // The highest first: the lower ones are drawn over it.
  const drawn = series.map((one, at) => ({ ...one, top: tops[at]! })).toReversed();
  const options: uPlot.Options = {
    ...plain(host, height),
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'UTC'),
    scales: { y: { range: (_plot, _least, most) => [0, Math.max(1, most)] } },
    axes: [axis, { ...axis, size: 44, incrs: STEPS, values: (_plot, splits) => splits.map(compactNumber) }],
    series: [
      {},
      ...drawn.map(({ colour }) => ({
        fill: colourOf(colour),
        width: 0,
        points: { show: false },
        ...(uPlot.paths.bars ? { paths: uPlot.paths.bars({ size: [0.7, 40] }) } : {}),
      })),
    ],
  };
  return new uPlot(options, [times, ...drawn.map(({ top }) => top)], host);
}

/** Bars by day, one series on the other; the same figures are in a table for those who do not see them. */
export function DayChart({ label, days, series }: Days & { label: string }) {
  const data = useMemo(() => ({ days, series }), [days, series]);
  return (
    <figure className="m-0 flex min-w-0 flex-col gap-2">
      <Plot data={data} draw={plotOf} height={HEIGHT} />
      <figcaption className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2">
        {series.map(({ label: name, colour }) => (
          <span key={name} className="flex items-center gap-1.5">
            <span aria-hidden className="size-2.5 rounded-xs" style={{ background: `var(--${colour})` }} />
            {name}
          </span>
        ))}
      </figcaption>
      <table className="sr-only">
        <caption>{label}</caption>
        <thead>
          <tr>
            <td />
            {series.map(({ label: name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day, at) => (
            <tr key={day}>
              <th scope="row">{day}</th>
              {series.map(({ label: name, counts }) => (
                <td key={name}>{counts[at]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
