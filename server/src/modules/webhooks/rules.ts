/** What became of one attempt. */
export const OUTCOMES = ['delivered', 'refused', 'redirected', 'timeout', 'unreachable', 'forbidden'] as const;
export type Outcome = (typeof OUTCOMES)[number];

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Milliseconds, counts and bytes (platform.md 10.1, 10.2, 19). */
export const WEBHOOKS = {
  /** Before the second attempt, the third …; the first goes at once. Eight attempts in 27 h 35 min. */
  delays: [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR],
  jitter: 0.1,
  timeout: 15 * SECOND,
  longestWait: HOUR,
  answerBytes: 4_096,
  payloadBytes: 262_144,
  perWebhook: 5,
  perTenant: 20,
  defaultRate: 50,
  /** The old secret signs beside the new one for so long. */
  overlap: DAY,
  /** Attempts that all failed for so long disable a webhook; two within `failingWithin` begin the count. */
  disableAfter: 5 * DAY,
  failingWithin: DAY,
  /** Failures in a row after which there are only probes; the pause between them doubles. */
  openAfter: 5,
  probeFirst: 15 * SECOND,
  probeLongest: 5 * MINUTE,
  /** An answer within `quick` earns another attempt at once; a slower one than `slow` is as good as none. */
  quick: SECOND,
  slow: 5 * SECOND,
  keepPayload: 7 * DAY,
  keepDelivery: 30 * DAY,
  longestReplay: 7 * DAY,
  testsPerMinute: 10,
  replaysAtOnce: 5,
  headers: 10,
} as const;

/** Of the shape of payloads; raised when a field changes its meaning or goes. */
export const API_VERSION = '2026-11-01';

/** `*` takes all, `server.*` every event of that family, anything else exactly one. */
export function matchesPattern(pattern: string, type: string): boolean {
  if (pattern === '*') return true;
  return pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}

export interface Wanted {
  id: string;
  events: readonly string[];
  environments: readonly string[];
  labels: Readonly<Record<string, string>>;
}
interface Happening {
  type: string;
  data: Readonly<Record<string, unknown>>;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const hasLabels = (data: Happening['data'], labels: Wanted['labels']): boolean => {
  const own = isRecord(data['labels']) ? data['labels'] : {};
  return Object.entries(labels).every(([key, value]) => Object.hasOwn(own, key) && own[key] === value);
};

/** What a webhook tells of others of its kind; of itself it is not told that it does not work, or that would never end. */
const isOfItself = ({ type, data }: Happening, id: string): boolean => type.startsWith('webhook.') && data['webhookId'] === id;

/** Does the webhook hear of it? An event that does not say its environment or labels is not for one that asks for some. */
export const wants = (webhook: Wanted, event: Happening): boolean =>
  webhook.events.some((pattern) => matchesPattern(pattern, event.type)) &&
  (webhook.environments.length === 0 ||
    (typeof event.data['environment'] === 'string' && webhook.environments.includes(event.data['environment']))) &&
  hasLabels(event.data, webhook.labels) &&
  !isOfItself(event, webhook.id);

const keysOf = (pointer: string): string[] => pointer.slice(1).split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')); // prettier-ignore

function withoutNames(value: unknown, names: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutNames(item, names));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.has(name)).map(([name, field]) => [name, withoutNames(field, names)])); // prettier-ignore
}

function withoutPath(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined || value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return value;
  const isLast = rest.length === 0;
  if (Array.isArray(value)) return value.flatMap((item: unknown, at) => (String(at) === key ? (isLast ? [] : [withoutPath(item, rest)]) : [item]));
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]) => (name === key ? (isLast ? [] : [[name, withoutPath(field, rest)]]) : [[name, field]])),
  );
}

/** `data` without what is to be left out: fields of a name at any depth, and what a JSON pointer (RFC 6901) leads to. */
export function redacted(data: Readonly<Record<string, unknown>>, redact: readonly string[]): Record<string, unknown> {
  const names = new Set(redact.filter((one) => !one.startsWith('/')));
  const named = names.size === 0 ? data : withoutNames(data, names);
  return redact.filter((one) => one.startsWith('/')).reduce<unknown>((left, pointer) => withoutPath(left, keysOf(pointer)), named) as Record<string, unknown>; // prettier-ignore
}

/** `chance` is from 0 to 1: attempts that failed together do not come back together. */
const jittered = (ms: number, chance: number): number => Math.round(ms * (1 + WEBHOOKS.jitter * (2 * chance - 1)));

/** Milliseconds until the next attempt after `made` of them; undefined when there is none. What the receiver asks for is the least. */
export function delayAfter(made: number, chance: number, retryAfterMs = 0): number | undefined {
  const delay = WEBHOOKS.delays[made - 1];
  return delay === undefined ? undefined : Math.max(jittered(delay, chance), retryAfterMs);
}

/** `Retry-After` in milliseconds, at most an hour: seconds or a date (RFC 9110, 10.2.3). 0 when there is none that can be read. */
export function retryAfterOf(header: string | undefined, now: number): number {
  if (header === undefined) return 0;
  const ms = /^\d{1,9}$/.test(header.trim()) ? Number(header) * SECOND : Date.parse(header) - now;
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(0, ms), WEBHOOKS.longestWait);
}

const OURS = /^(host|content-.*|webhook-.*|proxy-.*|connection|keep-alive|transfer-encoding|te|trailer|upgrade|expect)$/i;

/** Why a webhook cannot have a header of this name, or null. */
export const headerFault = (name: string): string | null => (OURS.test(name) ? 'This header is ours, or the connection’s' : null);

/** The header webhook-id of an event's message: the same to every receiver and over all attempts. */
export const messageIdOf = (eventId: string): string => `msg_${eventId.replaceAll('-', '')}`;
