import type { Database } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import { takeTry, type Counter } from '../throttle.ts';

/** The lock that is in the way, if there is one; the try is counted. */
export const spent = async (db: Database, counters: readonly Counter[], at: Date): Promise<Problem | undefined> => {
  const { lock } = await takeTry(db, counters, at);
  if (!lock) return undefined;
  const retryAfterSeconds = Math.max(1, Math.ceil((lock.until.getTime() - at.getTime()) / 1000));
  const often = lock.limit.endsWith('Network') ? 'from your network' : 'for this address';
  return new Problem('rate-limited', `This was asked for too often ${often}. Try again in ${Math.ceil(retryAfterSeconds / 60)} minutes.`, {
    retryAfterSeconds,
  });
};

/** Answers no sooner than after `milliseconds`, so that the time does not tell which way the work went. */
export async function evenly<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  const floor = new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
  try {
    return await work();
  } finally {
    await floor;
  }
}
