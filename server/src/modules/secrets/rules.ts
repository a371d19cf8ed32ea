import type { ValueType } from './schemas.ts';

const NAME = /^[A-Z_][A-Z0-9_]{2,63}$/;
/** Programs read these as settings of their own; a value under such a name would take effect where nobody expects it. */
const RESERVED = ['SWITCHYARD_', 'SYSTEM_', 'INTERNAL_', 'NODE_', 'REACT_APP_'];

export const LIMITS = { perTenant: 5_000, bytes: 65_536, versions: 20, recoverDays: 30, logDays: 400 } as const;
export const DAY_MS = 86_400_000;

/** What is wrong with a name, as the slug of its problem. */
export function nameFault(name: string): 'secret-name-invalid' | 'secret-name-reserved' | undefined {
  if (!NAME.test(name)) return 'secret-name-invalid';
  return RESERVED.some((prefix) => name.startsWith(prefix)) ? 'secret-name-reserved' : undefined;
}

const isUrl = (text: string): boolean => URL.canParse(text) && !/\s/.test(text);
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const FAULTS: Record<ValueType, (text: string) => string | undefined> = {
  text: (text) => (/[\r\n]/.test(text) ? 'has several lines: its type is multiline' : undefined),
  secret: (text) => (/[\r\n]/.test(text) ? 'has several lines: its type is multiline' : undefined),
  multiline: () => undefined,
  url: (text) => (isUrl(text) ? undefined : 'is not a URL'),
  number: (text) => (/^-?(\d+|\d*\.\d+)([eE][+-]?\d+)?$/.test(text) && Number.isFinite(Number(text)) ? undefined : 'is not a number'),
  json: (text) => (isJson(text) ? undefined : 'is not JSON'),
};

/** What is wrong with a value, in words that tell nothing of it. */
export function valueFault(type: ValueType, text: string): string | undefined {
  if (text.length === 0) return 'is empty';
  if (Buffer.byteLength(text) > LIMITS.bytes) return `is longer than ${LIMITS.bytes / 1024} KiB`;
  return FAULTS[type](text);
}

/** Where something lies; null is everywhere. */
export interface Place {
  project: string | null;
  environment: string | null;
}

const applies = (one: Place, at: Place): boolean =>
  (one.project === null || one.project === at.project) && (one.environment === null || one.environment === at.environment);
const rank = (one: Place): number => (one.project === null ? 0 : 2) + (one.environment === null ? 0 : 1);

/** Of values with one name, the one that holds at a place: of the project before that of the workspace, of the environment before the general one. */
export const inForce = <T extends Place>(candidates: readonly T[], at: Place): T | undefined =>
  candidates.filter((one) => applies(one, at)).reduce<T | undefined>((best, one) => (best && rank(best) >= rank(one) ? best : one), undefined);

/** By name, what holds at a place. */
export function allInForce<T extends Place & { name: string }>(candidates: readonly T[], at: Place): Map<string, T> {
  const found = new Map<string, T>();
  for (const [name, same] of Map.groupBy(candidates, (one) => one.name)) {
    const one = inForce(same, at);
    if (one) found.set(name, one);
  }
  return found;
}

export const rotateDue = (rotatedAt: Date, everyDays: number | null): Date | null =>
  everyDays === null ? null : new Date(rotatedAt.getTime() + everyDays * DAY_MS);

interface Dated {
  deletedAt: Date | null;
  expiresAt: Date | null;
  rotateDueAt: Date | null;
}
const SOON_MS = 30 * DAY_MS;

/** What somebody who looks at it should know first. */
export function stateOf({ deletedAt, expiresAt, rotateDueAt }: Dated, now: Date): 'active' | 'expiring' | 'expired' | 'due' | 'deleted' {
  const within = (at: Date | null, ms: number): boolean => at !== null && at.getTime() <= now.getTime() + ms;
  if (deletedAt) return 'deleted';
  if (within(expiresAt, 0)) return 'expired';
  if (within(rotateDueAt, 0)) return 'due';
  return within(expiresAt, SOON_MS) || within(rotateDueAt, SOON_MS) ? 'expiring' : 'active';
}
