import { useStoreApi } from '@xyflow/react';
import { useLayoutEffect, useRef } from 'react';
import { colourOf, onTheme } from '#lib/theme.ts';

/** What is painted with, as it is where the canvas stands. Colours are those of the theme, by name. */
export interface Brush {
  colour: (name: string) => string;
  font: string;
  /** Pixels of the device for each of the page. */
  dense: number;
}
/** From where one looks at the graph, and how much of the page it takes. */
export interface View {
  x: number;
  y: number;
  zoom: number;
  width: number;
  height: number;
}
export type Painter = (ctx: CanvasRenderingContext2D, brush: Brush, view: View) => void;

function brushOf(canvas: HTMLCanvasElement): Brush {
  const { fontFamily } = getComputedStyle(canvas);
  const known = new Map<string, string>();
  const colour = (name: string): string => known.get(name) ?? known.set(name, colourOf(name)).get(name)!;
  return { colour, font: fontFamily, dense: window.devicePixelRatio };
}

/**
 * A canvas that is painted anew in each frame in which one looks from elsewhere, for another painter and in another theme. It is as large as the
 * view of the graph, or of the size that is given; the painter begins with an empty one.
 */
export function usePainted(painter: Painter, size?: { width: number; height: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const flow = useStoreApi();
  useLayoutEffect(() => {
    const element = canvas.current;
    const ctx = element?.getContext('2d');
    if (!element || !ctx) return;
    let brush = brushOf(element);
    let frame = 0;
    const paint = (): void => {
      frame = 0;
      const { transform: [x, y, zoom], width, height } = flow.getState(); // prettier-ignore
      const [wide, high] = [size?.width ?? width, size?.height ?? height].map((pixels) => Math.round(pixels * brush.dense)) as [number, number];
      if (element.width !== wide) element.width = wide;
      if (element.height !== high) element.height = high;
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, wide, high);
      painter(ctx, brush, { x, y, zoom, width, height });
    };
    const soon = (): void => void (frame ||= requestAnimationFrame(paint));
    paint();
    const unmoved = flow.subscribe((after, before) => {
      if (after.transform !== before.transform || after.width !== before.width || after.height !== before.height) soon();
    });
    const unthemed = onTheme(() => {
      brush = brushOf(element);
      soon();
    });
    return () => {
      cancelAnimationFrame(frame);
      unmoved();
      unthemed();
    };
  }, [flow, painter, size]);
  return canvas;
}
