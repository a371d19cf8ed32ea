import { NEAR_FROM } from '../canvas/far.ts';
import { seenOf } from './map.ts';
import { meets } from './places.ts';
import { PADDING, type Picture } from './picture.ts';
import type { Brush, View } from './use-painted.ts';

/** Below this, names are a grey line to the eye. */
const READ_FROM = 0.3;

/** Side of the sign of a type. */
const SIGN = 16;

/** As much of a text as there is room for. */
function cut(ctx: CanvasRenderingContext2D, text: string, room: number): string {
  const { width } = ctx.measureText(text);
  if (width <= room) return text;
  return `${text.slice(0, Math.max(1, Math.floor((text.length * room) / width) - 1))}…`;
}

/** Texts where elements have them, from left to right in each language as there: a name, and near enough, behind its sign and above what the node does. */
function paintTexts({ names }: Picture, ctx: CanvasRenderingContext2D, { colour, font }: Brush, view: View): void {
  const seen = seenOf(view);
  const shown = names.filter((name) => meets(name, seen));
  const near = view.zoom >= NEAR_FROM;
  const row = (look: string, letters: string, indent: number, down: number, textOf: (name: (typeof names)[number]) => string) => {
    ctx.fillStyle = colour(look);
    ctx.font = `${letters} ${font}`;
    for (const name of shown) {
      const text = cut(ctx, textOf(name), name.width - 2 * PADDING - indent);
      ctx.fillText(text, name.x + PADDING + indent, name.y + name.height / 2 + down);
    }
  };
  ctx.textBaseline = 'middle';
  if (!near) return row('ink', '500 13px', 0, 0, ({ text }) => text);
  row('ink', '500 13px', SIGN + 6, -9, ({ text }) => text);
  row('ink-3', '12px', 0, 11, ({ summary }) => summary);
  ctx.fillStyle = colour('quiet-wash');
  for (const { x, y, height } of shown) ctx.fillRect(x + PADDING, y + height / 2 - 17, SIGN, SIGN);
}

/** Paints a graph as it is seen from where one looks. */
export function paint(picture: Picture, ctx: CanvasRenderingContext2D, brush: Brush, view: View): void {
  const { x, y, zoom } = view;
  const { colour, dense } = brush;
  ctx.setTransform(dense * zoom, 0, 0, dense * zoom, dense * x, dense * y);
  const fill = (shapes: Picture['notes']) => {
    for (const [name, path] of shapes) {
      ctx.fillStyle = colour(name);
      ctx.fill(path);
    }
  };
  const stroke = (shapes: Picture['notes']) => {
    for (const [name, path] of shapes) {
      ctx.strokeStyle = colour(name);
      ctx.stroke(path);
    }
  };
  fill(picture.notes);
  // A line is never thinner than one can see.
  ctx.lineWidth = Math.max(1.5, 0.6 / zoom);
  ctx.strokeStyle = ctx.fillStyle = colour('line-control');
  ctx.stroke(picture.lines);
  ctx.setLineDash([5, 4]);
  ctx.stroke(picture.hung);
  ctx.setLineDash([]);
  ctx.fill(picture.heads);
  fill(picture.bodies);
  ctx.lineWidth = Math.max(1, 0.6 / zoom);
  stroke(picture.frames);
  if (zoom >= NEAR_FROM) {
    stroke(picture.marks);
    ctx.fillStyle = colour('surface');
    ctx.strokeStyle = colour('line-control');
    ctx.fill(picture.ports);
    ctx.stroke(picture.ports);
  } else fill(picture.marks);
  if (zoom >= READ_FROM) return paintTexts(picture, ctx, brush, view);
  ctx.fillStyle = colour('line-control');
  ctx.fill(picture.bars);
}
