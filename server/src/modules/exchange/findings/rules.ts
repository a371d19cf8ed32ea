import type { FindingClass, FindingState, Mode, Severity } from './schemas.ts';

/** Loading again what was confirmed puts these right (exchange.md 11.9). */
const AUTO: ReadonlySet<FindingClass> = new Set(['wrong_generation', 'unmanaged_generation', 'file_tampered', 'current_link', 'protocol_missing', 'protocol_extra']); // prettier-ignore
/** And this one, which somebody may have done on purpose. */
const RELOADED: ReadonlySet<FindingClass> = new Set([...AUTO, 'protocol_disabled']);
/** Written to the controller anew, or taken off it. */
const REWRITTEN: ReadonlySet<FindingClass> = new Set(['network_config', 'member_missing', 'member_deauthorized', 'member_address', 'member_unknown_authorized']); // prettier-ignore
const CRITICAL: ReadonlySet<FindingClass> = new Set(['host_key_changed', 'identity_changed', 'member_unknown_authorized']);

export const isMended = (kind: FindingClass): boolean => AUTO.has(kind);
export const isReloaded = (kind: FindingClass): boolean => RELOADED.has(kind);
export const isRepairable = (kind: FindingClass): boolean => RELOADED.has(kind) || REWRITTEN.has(kind);
export const isCurrent = (state: FindingState): boolean => state === 'open' || state === 'repairing' || state === 'ignored';

/** Of one server within an hour, by themselves (exchange.md 19): what comes back more often than that is done by somebody else. */
export const MOST_REPAIRS = 5;

export interface Standing {
  /** The server is one to which changes are applied by themselves, and nobody holds it. */
  follows: boolean;
  /** How often it was put right by itself within the last hour. */
  repairs: number;
  /** All that is to be seen on it. */
  classes: readonly FindingClass[];
  /** What somebody said to leave alone. */
  ignored: ReadonlySet<FindingClass>;
}

/** What is done about something on a server. */
export function modeOf(kind: FindingClass, { follows, repairs, classes, ignored }: Standing): Mode {
  if (!follows || ignored.has(kind) || !RELOADED.has(kind)) return 'report';
  // Whoever loaded something of their own, and not only lost ours, may have meant it.
  const isMeant = classes.includes('unmanaged_generation') && classes.includes('foreign_protocol');
  return !AUTO.has(kind) || isMeant || repairs >= MOST_REPAIRS ? 'propose' : 'auto';
}

/** What has to be put right again and again is worse than what it is. */
export const severityOf = (kind: FindingClass, repairs = 0): Severity =>
  CRITICAL.has(kind) || (AUTO.has(kind) && repairs >= MOST_REPAIRS) ? 'critical' : 'warning';
