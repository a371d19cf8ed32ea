import type { Box } from './places.ts';

/** Pixels of the page. */
export const MAP = { width: 150, height: 100 };
const MARGIN = 6;

/** The least box around some. */
export function around(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return { x, y, width: Math.max(...boxes.map((box) => box.x + box.width)) - x, height: Math.max(...boxes.map((box) => box.y + box.height)) - y };
}

/** How an area of the graph is laid into the middle of the map: pixels of the map for one of the graph, and where the graph's origin comes. */
export function layInto({ x, y, width, height }: Box) {
  const scale = Math.min((MAP.width - 2 * MARGIN) / (width || 1), (MAP.height - 2 * MARGIN) / (height || 1));
  return { scale, x: (MAP.width - width * scale) / 2 - x * scale, y: (MAP.height - height * scale) / 2 - y * scale };
}

/** What is seen of the graph. */
export const seenOf = ({ x, y, zoom, width, height }: { x: number; y: number; zoom: number; width: number; height: number }): Box => ({
  x: -x / zoom,
  y: -y / zoom,
  width: width / zoom,
  height: height / zoom,
});
