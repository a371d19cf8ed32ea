import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { pointTime } from '#lib/formats.ts';
import type { MetricPoints } from './types.ts';
import { tick } from './words.tsx';

const HEIGHT = 200;
/** Fewer are shown as dots besides, since a line needs two. */
const FEW = 40;
const DAY_SECONDS = 86_400;
const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function plotOf(host: HTMLElement, { points, from, to }: MetricPoints): uPlot {
  const [begin, end] = [from, to].map((at) => Date.parse(at) / 1_000) as [number, number];
  const axis = { stroke: colour('ink-3'), grid: { stroke: colour('line'), width: 1 }, ticks: { show: false } };
  const moment = (at: number): string => pointTime(new Date(at * 1_000).toISOString(), end - begin > DAY_SECONDS);
  const edge: uPlot.Series = { stroke: colour('line-control'), width: 1, points: { show: false } };
  return new uPlot(
    {
      width: Math.max(200, host.clientWidth),
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: true, range: () => [begin, end] } },
      axes: [{ ...axis, space: 70, values: (_plot, splits) => splits.map(moment) }, { ...axis, size: 60, values: (_plot, splits) => splits.map(tick) }],
      series: [{}, edge, edge, { stroke: colour('accent'), width: 2, points: { show: points.length < FEW, size: 5, fill: colour('accent') } }],
      bands: [{ series: [1, 2], fill: colour('accent-wash') }],
    },
    [points.map(({ at }) => Date.parse(at) / 1_000), points.map(({ max }) => max), points.map(({ min }) => min), points.map(({ avg }) => avg)],
    host,
  );
} // prettier-ignore

/** What a series was: its average as a line, between its least and most. The words of `label` say it to those who do not see it. */
export function LineChart({ data, label }: { data: MetricPoints; label: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    let plot = plotOf(element, data);
    const sized = new ResizeObserver(() => plot.setSize({ width: Math.max(200, element.clientWidth), height: HEIGHT }));
    sized.observe(element);
    // Colours are painted, so another theme needs another painting.
    const paint = (): void => {
      plot.destroy();
      plot = plotOf(element, data);
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
  }, [data]);
  return <div ref={host} role="img" aria-label={label} className="w-full min-w-0 overflow-hidden" />;
}
