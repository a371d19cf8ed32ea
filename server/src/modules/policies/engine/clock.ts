import { DateTime, Info, type Zone } from 'luxon';

/** What clocks in a zone show at a moment. */
export interface Clock {
  zone: string;
  now: Date;
  /** 1 = Monday (ISO 8601). */
  weekday: number;
  hour: number;
  minute: number;
  /** `2026-03-09`. */
  date: string;
}

/** Zones of today change their offset at full quarters of an hour only, so an offset holds until the next one. */
const QUARTER_MS = 900_000;
const MOST_ZONES = 1_000;

interface Known {
  zone: Zone;
  quarter: number;
  offset: number;
}
const known = new Map<string, Known>();

/** Minutes that a zone is ahead of UTC. Throws RangeError for a zone that there is not. */
function offsetOf(name: string, ms: number): number {
  const quarter = Math.floor(ms / QUARTER_MS);
  const before = known.get(name);
  if (before?.quarter === quarter) return before.offset;
  const zone = before?.zone ?? Info.normalizeZone(name);
  if (!zone.isValid) throw new RangeError(`there is no time zone "${name}"`);
  const offset = zone.offset(ms);
  if (!before && known.size >= MOST_ZONES) known.clear();
  known.set(name, { zone, quarter, offset });
  return offset;
}

export function clockIn(zone: string, now: Date): Clock {
  const shown = new Date(now.getTime() + offsetOf(zone, now.getTime()) * 60_000);
  return {
    zone,
    now,
    weekday: shown.getUTCDay() || 7,
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    date: shown.toISOString().slice(0, 10),
  };
}

/** The same for reckoning with days, which need not have 24 hours. */
export const reckoning = ({ zone, now }: Clock): DateTime => DateTime.fromJSDate(now, { zone });
