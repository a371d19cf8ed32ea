export type Side = 'top' | 'right' | 'bottom' | 'left';

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const GAP = 6;
const EDGE = 8;
const OTHER: Readonly<Record<Side, Side>> = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' };

function beside(anchor: Box, own: Pick<Box, 'width' | 'height'>, side: Side): { left: number; top: number } {
  if (side === 'top' || side === 'bottom') {
    const left = anchor.left + (anchor.width - own.width) / 2;
    return { left, top: side === 'top' ? anchor.top - own.height - GAP : anchor.top + anchor.height + GAP };
  }
  const top = anchor.top + (anchor.height - own.height) / 2;
  return { left: side === 'left' ? anchor.left - own.width - GAP : anchor.left + anchor.width + GAP, top };
}

const within = (from: number, size: number, whole: number): number => Math.max(EDGE, Math.min(from, whole - size - EDGE));

/** Where a few words go beside what they are about: on the other side where there is no room for them, and never out of the window. */
export function placed(anchor: Box, own: Pick<Box, 'width' | 'height'>, side: Side, { clientWidth, clientHeight }: { clientWidth: number; clientHeight: number }) {
  const fits = (at: { left: number; top: number }): boolean =>
    at.left >= EDGE && at.top >= EDGE && at.left + own.width <= clientWidth - EDGE && at.top + own.height <= clientHeight - EDGE;
  const isUpright = side === 'top' || side === 'bottom';
  const [wished, opposite] = [beside(anchor, own, side), beside(anchor, own, OTHER[side])];
  // Along the edge they are pushed in; it is the side that has to have room.
  const pushed = (at: { left: number; top: number }) =>
    isUpright ? { left: within(at.left, own.width, clientWidth), top: at.top } : { left: at.left, top: within(at.top, own.height, clientHeight) };
  const best = fits(pushed(wished)) || !fits(pushed(opposite)) ? wished : opposite;
  return { left: within(best.left, own.width, clientWidth), top: within(best.top, own.height, clientHeight) };
} // prettier-ignore
