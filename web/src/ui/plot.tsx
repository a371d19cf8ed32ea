import { useEffect, useRef } from 'react';
import type uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { colourOf, onTheme } from '#lib/theme.ts';

const widthOf = (host: HTMLElement): number => Math.max(200, host.clientWidth);
/** What all charts begin with: as wide as there is room, and nothing that follows the pointer. */
export const plain = (host: HTMLElement, height: number) => ({ width: widthOf(host), height, legend: { show: false }, cursor: { show: false } });
export const plainAxis = (): uPlot.Axis => ({ stroke: colourOf('ink-3'), grid: { stroke: colourOf('line'), width: 1 }, ticks: { show: false } });

interface PlotProps<T> {
  data: T;
  /** The same function each time. */
  draw: (host: HTMLElement, height: number, data: T) => uPlot;
  height: number;
  /** Says it to those who do not see it; left out where a table beside it does. */
  label?: string;
}

/** A chart, drawn anew for other data and in another theme. */
export function Plot<T>({ data, draw, height, label }: PlotProps<T>) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    let plot = draw(element, height, data);
    const sized = new ResizeObserver(() => plot.setSize({ width: widthOf(element), height }));
    sized.observe(element);
    // Colours are painted, so another theme needs another painting.
    const paint = (): void => {
      plot.destroy();
      plot = draw(element, height, data);
    };
    const unthemed = onTheme(paint);
    return () => {
      sized.disconnect();
      unthemed();
      plot.destroy();
    };
  }, [data, draw, height]);
  return (
    <div
      ref={host}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      className="w-full min-w-0 overflow-hidden"
    />
  );
}
