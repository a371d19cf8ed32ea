import { DateTime } from 'luxon';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A local time as if its zone were UTC: what cron expressions are walked on, so that no change of clocks is in their way. */
export const wallOf = (at: Date, zone: string): number => {
  const local = DateTime.fromJSDate(at, { zone });
  return at.getTime() + local.offset * MINUTE;
};

const offsetAt = (ms: number, zone: string): number => DateTime.fromMillis(ms, { zone }).offset * MINUTE;

/** The moment at which the zone's offset changes, between two instants that have different ones; to the second. */
function changeBetween(from: number, until: number, zone: string): number {
  const before = offsetAt(from, zone);
  let [low, high] = [from, until];
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2_000) * 1_000;
    if (middle <= low) break;
    if (offsetAt(middle, zone) === before) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * The instant of a local time. One that occurs twice (clock back) is the first; one that does not exist (clock forward) is the first
 * instant after the gap (workflows.md 8.3).
 */
export function instantOf(wall: number, zone: string): number {
  const offsets = [...new Set([offsetAt(wall - DAY, zone), offsetAt(wall, zone), offsetAt(wall + DAY, zone)])];
  const found = offsets.map((offset) => wall - offset).filter((at) => at + offsetAt(at, zone) === wall);
  return found.length > 0 ? Math.min(...found) : changeBetween(wall - DAY, wall + DAY, zone);
}

/** Whether a name is a time zone of this machine's tables. */
export const isZone = (zone: string): boolean => DateTime.local({ zone }).isValid;
