import uPlot from 'uplot';
import { colourOf } from '#lib/theme.ts';
import { plain, plainAxis, Plot } from '#ui/plot.tsx';
import { pointTime } from '#lib/formats.ts';
import type { MetricPoints } from './types.ts';
import { tick } from './words.tsx';

const HEIGHT = 200;
/** Fewer are shown as dots besides, since a line needs two. */
const FEW = 40;
const DAY_SECONDS = 86_400;

function plotOf(host: HTMLElement, height: number, { points, from, to }: MetricPoints): uPlot {
  const [begin, end] = [from, to].map((at) => Date.parse(at) / 1_000) as [number, number];
  const axis = plainAxis();
  const moment = (at: number): string => pointTime(new Date(at * 1_000).toISOString(), end - begin > DAY_SECONDS);
  const edge: uPlot.Series = { stroke: colourOf('line-control'), width: 1, points: { show: false } };
  return new uPlot(
    {
      ...plain(host, height),
      scales: { x: { time: true, range: () => [begin, end] } },
      axes: [{ ...axis, space: 70, values: (_plot, splits) => splits.map(moment) }, { ...axis, size: 60, values: (_plot, splits) => splits.map(tick) }],
      series: [{}, edge, edge, { stroke: colourOf('accent'), width: 2, points: { show: points.length < FEW, size: 5, fill: colourOf('accent') } }],
      bands: [{ series: [1, 2], fill: colourOf('accent-wash') }],
    },
    [points.map(({ at }) => Date.parse(at) / 1_000), points.map(({ max }) => max), points.map(({ min }) => min), points.map(({ avg }) => avg)],
    host,
  );
} // prettier-ignore

/** What a series was: its average as a line, between its least and most. */
export const LineChart = ({ data, label }: { data: MetricPoints; label: string }) => <Plot data={data} draw={plotOf} height={HEIGHT} label={label} />;
