import { DateTime, IANAZone, FixedOffsetZone } from 'luxon';
import { z } from 'zod';
import { compilePattern } from '#kernel/cel/regex.ts';
import { inWords } from '../in-words.ts';

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };
const ISO = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Seconds of `90s`, `15m`, `24h`, `7d`, `2h30m` or an ISO 8601 duration; undefined for what is neither. */
export function secondsOf(source: string): number | undefined {
  const iso = ISO.exec(source);
  if (iso && source.length > 2)
    return iso.slice(1).reduce((total, amount, at) => total + Number(amount ?? 0) * [604_800, 86_400, 3_600, 60, 1][at]!, 0);
  const parts = [...source.matchAll(/(\d{1,9})([smhdw])/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== source) return undefined;
  return parts.reduce((total, [, amount, unit]) => total + Number(amount) * UNITS[unit!]!, 0);
}

/** A length of time within bounds, in seconds. */
export const duration = (least: number, most: number) =>
  z.string().transform((source, ctx) => {
    const seconds = secondsOf(source);
    if (seconds === undefined) ctx.addIssue('must be a length of time such as 15m, 24h or PT1H');
    else if (seconds < least || seconds > most) ctx.addIssue(`must be from ${inWords(least)} to ${inWords(most)}`);
    return seconds ?? 0;
  });

/** Minutes after midnight. */
export const clock = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time of day such as "08:00"')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Abbreviations of zones in hours from UTC. They name an offset, so clocks that are set forward in summer leave them. */
const OFFSETS: Readonly<Record<string, number>> = {
  EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7, AKST: -9, AKDT: -8, HST: -10,
  WET: 0, WEST: 1, CET: 1, CEST: 2, EET: 2, EEST: 3, BST: 1, MSK: 3, JST: 9, AEST: 10, AEDT: 11, NZST: 12, NZDT: 13,
}; // prettier-ignore
const UNIVERSAL: ReadonlySet<string> = new Set(['UTC', 'GMT', 'Z']);

export interface Zone {
  zone: string;
  /** What a reader should know of it. */
  warning?: string;
}

/** A time zone by IANA name, by offset or by abbreviation; undefined for what is none. */
export function zoneOf(source: string): Zone | undefined {
  if (UNIVERSAL.has(source)) return { zone: 'UTC' };
  const hours = OFFSETS[source];
  if (hours !== undefined) {
    const zone = FixedOffsetZone.instance(hours * 60).name;
    return {
      zone,
      warning: `${source} is a fixed offset (${zone}): it does not follow daylight saving time; name a place such as America/New_York if it should`,
    };
  }
  if (source.includes('/') && IANAZone.isValidZone(source)) return { zone: source };
  return /^UTC[+-]\d{1,2}(?::\d{2})?$/.test(source) && DateTime.utc().setZone(source).isValid ? { zone: source } : undefined;
}

const OWNERS: Readonly<Record<string, (name: string) => { team: string } | { role: string } | { users: string[] }>> = {
  group: (team) => ({ team }),
  team: (team) => ({ team }),
  role: (role) => ({ role }),
  user: (user) => ({ users: [user] }),
};

/** `team:netops` (or `group:`), `role:approver`, `user:<id>`. */
export const people = z.string().max(200).transform((source, ctx) => {
  const [kind = '', name = ''] = source.split(/:(.*)/s);
  if (!Object.hasOwn(OWNERS, kind) || name === '') ctx.addIssue('must be team:<slug>, role:<key> or user:<id>');
  return OWNERS[kind]?.(name) ?? { team: '' };
}); // prettier-ignore

/** A pattern that is matched in linear time (RE2 syntax). */
export const pattern = z.string().min(1).max(1_000).superRefine((source, ctx) => {
  try {
    compilePattern(source);
  } catch (error) {
    ctx.addIssue((error as Error).message);
  }
}); // prettier-ignore
