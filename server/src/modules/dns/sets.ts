import { sortKey, type Name } from './names.ts';
import { encodeValue, typeCode } from './rdata/types.ts';
import type { ZoneRecord } from './records.ts';

/** One record of a set. `id` stays the same for as long as people would call it the same record. */
export interface Entry {
  id: string;
  value: string;
  comment: string | null;
}

/** The records of one name and type, and their one TTL (RFC 2181 5.2). */
export interface SetState {
  ttl: number;
  entries: readonly Entry[];
}
export interface RRset extends SetState {
  name: Name;
  type: string;
}

/** What happens to one set; null is "not there". A list of these is a change of a zone, and can be turned round. */
export interface SetChange {
  name: Name;
  type: string;
  before: SetState | null;
  after: SetState | null;
}

/** A zone's sets without its SOA, by `setKey`. */
export type Sets = ReadonlyMap<string, RRset>;

export const setKey = ({ name, type }: { name: Name; type: string }): string => `${name} ${type}`;

/** Groups records; those of one set are in canonical order and, where they disagree, have the first one's TTL. */
export function toSets(records: Iterable<ZoneRecord & Entry>): Sets {
  const sets = new Map<string, RRset & { entries: Entry[] }>();
  for (const { id, name, type, ttl, value, comment } of records) {
    const key = setKey({ name, type });
    const set = sets.get(key) ?? { name, type, ttl, entries: [] };
    if (set.entries.length === 0) sets.set(key, set);
    set.entries.push({ id, value, comment });
  }
  for (const set of sets.values()) set.entries.sort((a, b) => (a.value < b.value ? -1 : 1));
  return sets;
}

export const recordsOf = (sets: Sets): (ZoneRecord & Entry)[] =>
  [...sets.values()].flatMap(({ name, type, ttl, entries }) => entries.map((entry) => ({ ...entry, name, type, ttl })));

const valuesOf = (state: SetState): string => state.entries.map(({ value }) => value).toSorted().join('\n'); // prettier-ignore

/** True when a server would answer the same: TTL and values, whatever the comments. */
export const sameAnswer = (a: SetState | null | undefined, b: SetState | null | undefined): boolean =>
  !a || !b ? !a && !b : a.ttl === b.ttl && valuesOf(a) === valuesOf(b);

const byValue = ({ entries }: SetState) => entries.map(({ value, comment }) => ({ value, comment })).toSorted((a, b) => (a.value < b.value ? -1 : 1));
const commentsOf = (state: SetState): string => JSON.stringify(byValue(state));
const sameState = (a: SetState | null, b: SetState | null): boolean =>
  sameAnswer(a, b) && (a === null || b === null || commentsOf(a) === commentsOf(b));

const stateOf = (set: RRset | undefined): SetState | null => (set ? { ttl: set.ttl, entries: set.entries } : null);

/** What makes `after` of `before`, in canonical order. Sets that are equal are left out. */
export function diffSets(before: Sets, after: Sets): SetChange[] {
  const changes: SetChange[] = [];
  for (const [key, { name, type }] of new Map([...before, ...after])) {
    const change = { name, type, before: stateOf(before.get(key)), after: stateOf(after.get(key)) };
    if (!sameState(change.before, change.after)) changes.push(change);
  }
  return inOrder(changes);
}

export function applyChanges(sets: Sets, changes: readonly SetChange[]): Sets {
  const next = new Map(sets);
  for (const { name, type, after } of changes) {
    if (after) next.set(setKey({ name, type }), { name, type, ...after });
    else next.delete(setKey({ name, type }));
  }
  return next;
}

/** The way back. */
export const invert = (changes: readonly SetChange[]): SetChange[] =>
  changes.map(({ before, after, ...set }) => ({ ...set, before: after, after: before }));

/** Rank of a type in lists and files: SOA and NS first, then by number. */
export const typeRank = (type: string): number => (type === 'SOA' ? -2 : type === 'NS' ? -1 : typeCode(type));

/** Names in the canonical order of RFC 4034 6.1, then types. Equal zones come out equal. */
export function inOrder<T extends { name: Name; type: string }>(items: readonly T[]): T[] {
  const keys = new Map<Name, string>();
  for (const { name } of items) if (!keys.has(name)) keys.set(name, sortKey(name));
  return items.toSorted((a, b) => {
    const [left, right] = [keys.get(a.name)!, keys.get(b.name)!];
    return left < right ? -1 : left > right ? 1 : typeRank(a.type) - typeRank(b.type);
  });
}

/** Data of one set in canonical order (RFC 4034 6.3): by the octets of the wire form. */
export const inDataOrder = <T extends { value: string }>(type: string, records: readonly T[]): T[] =>
  records
    .map((record) => ({ record, wire: encodeValue(type, record.value) }))
    .toSorted((a, b) => Buffer.compare(a.wire, b.wire))
    .map(({ record }) => record);

/** Percent (whole, rounded up) of the sets of `before` that the changes alter or delete; additions do not count. */
export const touchedPercent = (before: Sets, changes: readonly SetChange[]): number =>
  before.size === 0
    ? 0
    : Math.ceil((changes.filter((change) => change.before && !sameAnswer(change.before, change.after)).length * 100) / before.size);

const MASS_PERCENT = 30;
const MASS_SETS = 10;
/** More than 30 % of a zone with ten or more sets: what a mistake looks like, so it is asked about. */
export const isMassChange = (before: Sets, changes: readonly SetChange[]): boolean =>
  before.size >= MASS_SETS && touchedPercent(before, changes) > MASS_PERCENT;
