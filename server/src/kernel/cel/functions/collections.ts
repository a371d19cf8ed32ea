import type { Handler } from '../dialect.ts';
import { budget } from '../limits.ts';
import { spendDeep } from '../metering.ts';
import { Shape } from '../scalars.ts';
import { at, compare, entriesOf, isNumber, keyOf, whole } from './arguments.ts';

export class ListFunctions extends Shape {}
export class MapFunctions extends Shape {}

const numbers = (list: readonly unknown[]): (bigint | number)[] =>
  list.map((one) => {
    if (!isNumber(one)) throw new RangeError('the list must hold numbers only');
    return one;
  });

/** Whole numbers give a whole number; one fraction among them makes it a fraction. */
function sum(list: readonly unknown[]): bigint | number {
  const all = numbers(list);
  if (all.every((one) => typeof one === 'bigint')) return all.reduce((total, one) => total + one, 0n);
  return all.reduce<number>((total, one) => total + Number(one), 0);
}

function average(list: readonly unknown[]): number | null {
  return list.length === 0 ? null : Number(sum(list)) / list.length;
}

const extreme = (list: readonly unknown[], sign: 1 | -1): unknown =>
  list.length === 0 ? null : list.reduce((best, one) => (compare(one, best) * sign > 0 ? one : best));

/** Steps of a sort: each element is compared about so often. */
function spendSort(list: readonly unknown[]): void {
  budget().spend(Math.ceil(list.length * Math.log2(list.length + 1)));
  spendDeep(list);
}

function sorted(list: readonly unknown[], by: (one: unknown) => unknown, direction = 'asc'): unknown[] {
  if (direction !== 'asc' && direction !== 'desc') throw new RangeError(`a list is sorted "asc" or "desc", not "${direction}"`);
  spendSort(list);
  const sign = direction === 'asc' ? 1 : -1;
  return list.map((one) => ({ one, key: by(one) })).sort((a, b) => sign * compare(a.key, b.key)).map(({ one }) => one); // prettier-ignore
}

function groupBy(list: readonly unknown[], path: string): Map<string, unknown[]> {
  spendDeep(list);
  return Map.groupBy(list, (one) => {
    const key = at(one, path);
    return typeof key === 'string' ? key : keyOf(key);
  });
}

/** The first of each. */
function unique(list: readonly unknown[], by: (one: unknown) => unknown): unknown[] {
  spendDeep(list);
  const met = new Set<string>();
  return list.filter((one) => met.size < met.add(keyOf(by(one))).size);
}

function chunk(list: readonly unknown[], size: unknown): unknown[][] {
  const length = whole(size, 'the size of a chunk');
  if (length < 1) throw new RangeError('a chunk has at least one element');
  return Array.from({ length: Math.ceil(list.length / length) }, (_, index) => list.slice(index * length, (index + 1) * length));
}

/** One level. */
function flatten(list: readonly unknown[]): unknown[] {
  const flat = list.flat(1);
  budget().spend(flat.length);
  return flat;
}

function zip(a: readonly unknown[], b: readonly unknown[]): unknown[][] {
  return Array.from({ length: Math.min(a.length, b.length) }, (_, index) => [a[index], b[index]]);
}

/** From the first number until before the last. */
function range(from: unknown, to: unknown, step: unknown): bigint[] {
  const [start, end, by] = [whole(from, 'the start'), whole(to, 'the end'), whole(step, 'the step')];
  if (by === 0) throw new RangeError('the step of a range must not be 0');
  const length = Math.max(0, Math.ceil((end - start) / by));
  budget().spend(length);
  return Array.from({ length }, (_, index) => BigInt(start + index * by));
}

function merge(maps: readonly unknown[]): Map<string, unknown> {
  const entries = maps.flatMap(entriesOf);
  budget().spend(entries.length);
  return new Map(entries);
}

function chosen(map: unknown, keys: readonly unknown[], wanted: boolean): Map<string, unknown> {
  const names = new Set(keys.map(String));
  const entries = entriesOf(map);
  budget().spend(entries.length);
  return new Map(entries.filter(([key]) => names.has(key) === wanted));
}

type Lists = ListFunctions;
type Maps = MapFunctions;
type All = unknown[];

export const collections: Readonly<Record<string, Handler>> = {
  'ListFunctions.sum(list): dyn': (_: Lists, list: All) => sum(list),
  'ListFunctions.min(list): dyn': (_: Lists, list: All) => extreme(list, -1),
  'ListFunctions.max(list): dyn': (_: Lists, list: All) => extreme(list, 1),
  'ListFunctions.avg(list): dyn': (_: Lists, list: All) => average(list),
  'ListFunctions.sort(list): list<dyn>': (_: Lists, list: All) => sorted(list, (one) => one),
  'ListFunctions.sort(list, string): list<dyn>': (_: Lists, list: All, direction: string) => sorted(list, (one) => one, direction),
  'ListFunctions.sortBy(list, string): list<dyn>': (_: Lists, list: All, path: string) => sorted(list, (one) => at(one, path)),
  'ListFunctions.sortBy(list, string, string): list<dyn>': (_: Lists, list: All, path: string, direction: string) =>
    sorted(list, (one) => at(one, path), direction),
  'ListFunctions.groupBy(list, string): map<string, dyn>': (_: Lists, list: All, path: string) => groupBy(list, path),
  'ListFunctions.unique(list): list<dyn>': (_: Lists, list: All) => unique(list, (one) => one),
  'ListFunctions.unique(list, string): list<dyn>': (_: Lists, list: All, path: string) => unique(list, (one) => at(one, path)),
  'ListFunctions.chunk(list, dyn): list<dyn>': (_: Lists, list: All, size: unknown) => chunk(list, size),
  'ListFunctions.flatten(list): list<dyn>': (_: Lists, list: All) => flatten(list),
  'ListFunctions.first(list): dyn': (_: Lists, list: All) => list[0] ?? null,
  'ListFunctions.last(list): dyn': (_: Lists, list: All) => list.at(-1) ?? null,
  'ListFunctions.zip(list, list): list<dyn>': (_: Lists, a: All, b: All) => zip(a, b),
  'ListFunctions.range(dyn): list<int>': (_: Lists, to: unknown) => range(0n, to, 1n),
  'ListFunctions.range(dyn, dyn): list<int>': (_: Lists, from: unknown, to: unknown) => range(from, to, 1n),
  'ListFunctions.range(dyn, dyn, dyn): list<int>': (_: Lists, from: unknown, to: unknown, step: unknown) => range(from, to, step),
  'MapFunctions.merge(map, map): map<string, dyn>': (_: Maps, a: unknown, b: unknown) => merge([a, b]),
  'MapFunctions.merge(map, map, map): map<string, dyn>': (_: Maps, a: unknown, b: unknown, c: unknown) => merge([a, b, c]),
  'MapFunctions.pick(map, list): map<string, dyn>': (_: Maps, map: unknown, keys: All) => chosen(map, keys, true),
  'MapFunctions.omit(map, list): map<string, dyn>': (_: Maps, map: unknown, keys: All) => chosen(map, keys, false),
  'MapFunctions.keys(map): list<string>': (_: Maps, map: unknown) => entriesOf(map).map(([key]) => key),
  'MapFunctions.values(map): list<dyn>': (_: Maps, map: unknown) => entriesOf(map).map(([, value]) => value),
  'MapFunctions.entries(map): list<dyn>': (_: Maps, map: unknown) => entriesOf(map).map(([key, value]) => new Map([['key', key], ['value', value]])), // prettier-ignore
};
