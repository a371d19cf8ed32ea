import { beginningsOf, formsOf, LEAST } from './taint-forms.ts';

/** Kept for so long after it was last in use: what speaks of a call speaks soon after it. */
const KEPT_MS = 15 * 60_000;
/** As much of a long value is enough to know it by: one that was cut off in a text is masked as far as it goes. */
const KNOWN_BY = 64;
/** Of values that are longer the whole forms are made when the beginning of one is met, and not before: memory is everybody's. */
const LONG = 1_024;
/** All that is left is listed anew when something is forgotten, so that is done once a minute at most. */
const FORGET_MS = 60_000;

interface Tainted {
  value: string;
  name: string;
  tenantId: string | null;
  until: number;
  /** The whole forms of a long value, once they were needed. */
  forms?: ReadonlySet<string>;
}
interface Form {
  form: string;
  of: Tainted;
}

const tainted = new Map<string, Tainted>();
/** Forms by what they are known by: all of it, or its first characters. */
const byKey = new Map<string, Form[]>();
/** How long the keys are that begin with these characters: so many looks tell which of them stands in a text, whatever there is of them. */
const byStart = new Map<string, number[]>();
/** One look tells of nearly every place in a text that no form begins there: the cost is that of reading it, however many values there are. */
const begins = new Uint8Array(65_536);
let forgetAt = Infinity;

const hashAt = (text: string, at: number): number =>
  (text.charCodeAt(at) ^ (text.charCodeAt(at + 1) << 5) ^ (text.charCodeAt(at + 2) << 10)) & 0xffff;

function enlist(of: Tainted): void {
  for (const form of of.value.length > LONG ? beginningsOf(of.value, KNOWN_BY) : formsOf(of.value)) {
    const [start, key] = [form.slice(0, LEAST), form.slice(0, KNOWN_BY)];
    const [forms, lengths] = [byKey.get(key), byStart.get(start)];
    if (forms) forms.push({ form, of });
    else byKey.set(key, [{ form, of }]);
    if (!lengths) byStart.set(start, [key.length]);
    else if (!lengths.includes(key.length)) lengths.push(key.length);
    begins[hashAt(form, 0)] = 1;
  }
}

function forget(now: number): void {
  if (now < forgetAt) return;
  for (const [key, { until }] of tainted) if (until <= now) tainted.delete(key);
  byKey.clear();
  byStart.clear();
  begins.fill(0);
  forgetAt = Infinity;
  for (const of of tainted.values()) {
    enlist(of);
    forgetAt = Math.min(forgetAt, of.until);
  }
  forgetAt = Math.max(forgetAt, now + FORGET_MS);
}

/**
 * From now on `scrub` writes `[secret:NAME]` instead of this value: raw, JSON-escaped, in base64, base64url and URL-encoded. Values of
 * fewer than six characters are let be: they would take ordinary words out of every text. `tenantId` is whose it is; null is the
 * installation's.
 */
export function taint(value: string, name: string, tenantId: string | null): void {
  if (value.length < LEAST) return;
  const now = Date.now();
  forget(now);
  const until = now + KEPT_MS;
  const key = `${tenantId ?? ''} ${value}`;
  const known = tainted.get(key);
  const called = name.replaceAll(/[^\w./:-]/g, '_');
  if (known) return void Object.assign(known, { until, name: called });
  const of = { value, name: called, tenantId, until };
  tainted.set(key, of);
  enlist(of);
  forgetAt = Math.min(forgetAt, until);
}

/** Whether there is anything to look for. */
export const isAnythingTainted = (): boolean => tainted.size > 0;

/** How much of `form` stands in the text here; 0 when it is not enough to know it by. */
function lengthAt(text: string, at: number, form: string): number {
  if (form.length <= KNOWN_BY) return text.startsWith(form, at) ? form.length : 0;
  let length = 0;
  while (length < form.length && text.charCodeAt(at + length) === form.charCodeAt(length)) length++;
  return length < KNOWN_BY ? 0 : length;
}

/** How far the value that begins here goes, in whichever form. */
function extent(text: string, at: number, form: string, of: Tainted): number {
  const known = lengthAt(text, at, form);
  if (known === 0 || of.value.length <= LONG) return known;
  of.forms ??= formsOf(of.value);
  return Math.max(known, ...[...of.forms].map((whole) => lengthAt(text, at, whole)));
}

const formsAt = (text: string, at: number): Form[] =>
  (byStart.get(text.slice(at, at + LEAST)) ?? []).flatMap((length) => byKey.get(text.slice(at, at + length)) ?? []);

function longestAt(text: string, at: number, tenantId: string | null): { name: string; length: number } | undefined {
  let best: { name: string; length: number } | undefined;
  for (const { form, of } of formsAt(text, at)) {
    if (tenantId !== null && of.tenantId !== null && of.tenantId !== tenantId) continue;
    const length = extent(text, at, form, of);
    if (length > (best?.length ?? 0)) best = { name: of.name, length };
  }
  return best;
}

/**
 * The text without values of secrets. `tenantId` is who may read it: one tenant's text is searched for its own values, so that nobody
 * finds out by a mask what another tenant's secret is. Null is for the operator's eyes alone (logs) and searches for all.
 */
export function scrub(text: string, tenantId: string | null): string {
  if (tainted.size === 0) return text;
  forget(Date.now());
  let out = '';
  let from = 0;
  let at = 0;
  while (at + LEAST <= text.length) {
    const hit = begins[hashAt(text, at)] === 1 ? longestAt(text, at, tenantId) : undefined;
    if (hit) {
      out += `${text.slice(from, at)}[secret:${hit.name}]`;
      from = at + hit.length;
    }
    at = hit ? from : at + 1;
  }
  return from === 0 ? text : out + text.slice(from);
}

const isRecord = (value: object): value is Record<string, unknown> => [Object.prototype, null].includes(Object.getPrototypeOf(value) as null);

/** Only as a whole: part of a time or an amount is nobody's secret. */
function cleanNumber(value: number, tenantId: string | null): number | string {
  const text = String(value);
  const hit = longestAt(text, 0, tenantId);
  return hit?.length === text.length ? `[secret:${hit.name}]` : value;
}

function clean(value: unknown, tenantId: string | null): unknown {
  if (typeof value === 'string') return scrub(value, tenantId);
  if (typeof value === 'number') return cleanNumber(value, tenantId);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => clean(item, tenantId));
    return items.some((item, at) => item !== value[at]) ? items : value;
  }
  if (!isRecord(value)) return value;
  const fields = Object.entries(value).map(([key, field]) => [scrub(key, tenantId), clean(field, tenantId)] as const);
  return fields.some(([key, field]) => !Object.hasOwn(value, key) || value[key] !== field) ? Object.fromEntries(fields) : value;
}

/** The same for every string and key of a JSON value; what has none comes back as it is. */
export const scrubValue = <T>(value: T, tenantId: string | null): T => (tainted.size === 0 ? value : (clean(value, tenantId) as T));
