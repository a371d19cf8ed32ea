/** A square of a picture, in its own pixels. */
export interface Square {
  x: number;
  y: number;
  side: number;
}
/** What part is looked at: its middle as a share of the picture, and how much larger than needed to fill the square. */
export interface View {
  x: number;
  y: number;
  zoom: number;
}
export const MOST_ZOOM = 4;
export const WHOLE: View = { x: 0.5, y: 0.5, zoom: 1 };

const within = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** The view with its square inside the picture, whatever was dragged. */
export function held({ x, y, zoom }: View, width: number, height: number): View {
  const size = within(zoom, 1, MOST_ZOOM);
  const side = Math.min(width, height) / size;
  const [marginX, marginY] = [side / 2 / width, side / 2 / height];
  return { x: within(x, marginX, 1 - marginX), y: within(y, marginY, 1 - marginY), zoom: size };
}

export function squareOf(view: View, width: number, height: number): Square {
  const { x, y, zoom } = held(view, width, height);
  const side = Math.min(width, height) / zoom;
  return { x: x * width - side / 2, y: y * height - side / 2, side };
}

/** The view after dragging by so many pixels of a square shown at `shown` pixels a side. */
export function dragged(view: View, [dx, dy]: readonly [number, number], shown: number, width: number, height: number): View {
  const { side } = squareOf(view, width, height);
  return held({ ...view, x: view.x - (dx * side) / shown / width, y: view.y - (dy * side) / shown / height }, width, height);
}
