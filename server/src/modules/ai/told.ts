import { scrub } from '#kernel/taint.ts';

/** A secret is known by at most so many characters: what is younger than that may be the beginning of one. */
const HELD_BACK = 64;
/** Less than this is not worth a look; a long text is looked at more seldom, since each look is at all of it. */
const STEP = 24;
const SHARE = 32;

export interface Teller {
  more: (whole: string) => void;
  done: (whole: string) => void;
  stop: () => void;
}

/**
 * Tells a text piece by piece while it grows, without values of secrets: its end is held back until it is known what it is. `done` tells the
 * rest. Once `stop` was called nothing more is told: what follows is another text.
 */
export function createTeller(tenantId: string, tell: (piece: string) => void): Teller {
  let told = 0;
  let looked = 0;
  let isOver = false;
  const upTo = (masked: string, end: number): void => {
    if (isOver || end <= told) return;
    tell(masked.slice(told, end));
    told = end;
  };
  return {
    more(whole: string): void {
      if (isOver || whole.length - looked < Math.max(STEP, looked / SHARE)) return;
      looked = whole.length;
      const masked = scrub(whole, tenantId);
      upTo(masked, masked.length - HELD_BACK);
    },
    done(whole: string): void {
      const masked = scrub(whole, tenantId);
      upTo(masked, masked.length);
    },
    stop(): void {
      isOver = told > 0;
      looked = 0;
    },
  };
}
