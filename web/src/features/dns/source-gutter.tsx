import { cx } from '#lib/cx.ts';

/** Height of a line in pixels; fixed, so that numbers and text stay side by side. */
export const LINE = 20;
export const PAD = 8;

export interface View {
  top: number;
  height: number;
}
/** The lines in sight, from 1, both ends included. */
export const inSight = ({ top, height }: View, count: number): { first: number; last: number } => ({
  first: Math.max(1, Math.floor((top - PAD) / LINE) + 1),
  last: Math.min(count, Math.ceil((top + height) / LINE) + 1),
});
export const topOf = (line: number): number => PAD + (line - 1) * LINE;

const DIGITS = 3;
/** Numbers of the lines in sight; those with a mark stand out and say why. */
export function SourceGutter({ view, count, marks }: { view: View; count: number; marks: ReadonlyMap<number, string> }) {
  const { first, last } = inSight(view, count);
  return (
    <div
      aria-hidden
      className="relative shrink-0 overflow-hidden border-e border-line bg-sunken"
      style={{ width: `${Math.max(DIGITS, String(count).length) + 2}ch` }}
    >
      {Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
        const line = first + i;
        return (
          <span
            key={line}
            title={marks.get(line)}
            className={cx(
              'absolute end-0 w-full pe-2 text-end font-mono text-2xs leading-5',
              marks.has(line) ? 'bg-bad-fill font-semibold text-white' : 'text-ink-3',
            )}
            style={{ top: topOf(line) - view.top }}
          >
            {line}
          </span>
        );
      })}
    </div>
  );
}
