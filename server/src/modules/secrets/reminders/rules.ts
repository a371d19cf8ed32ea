import { DAY_MS } from '../rules.ts';

/** Days before the date on which people are told. */
export const STAGES = [1, 7, 30] as const;

export interface Due {
  what: 'expiry' | 'rotation';
  dueAt: Date;
  /** The stage that is reached: the fewest days that are not yet over. */
  days: (typeof STAGES)[number];
}

interface Dated {
  expiresAt: Date | null;
  rotateDueAt: Date | null;
}

/** What is to be told of a secret now. One that is late in being seen is told of once, with the stage it is in, not with all that it passed. */
export function dueOf({ expiresAt, rotateDueAt }: Dated, now: Date): Due[] {
  const dates = [
    { what: 'expiry' as const, dueAt: expiresAt },
    { what: 'rotation' as const, dueAt: rotateDueAt },
  ];
  return dates.flatMap(({ what, dueAt }) => {
    const days = dueAt && STAGES.find((stage) => dueAt.getTime() - now.getTime() <= stage * DAY_MS);
    return dueAt && days ? [{ what, dueAt, days }] : [];
  });
}
