import { match } from '#lib/match.ts';

/** One kind of event that the product announces, as the catalogue lists it. */
export interface EventType {
  type: string;
  summary: string;
}
export interface EventGroup {
  /** First word of its types: `server`. */
  resource: string;
  types: readonly EventType[];
}

export const EVERYTHING = '*';
/** The pattern for all events of a resource, those that do not exist yet included. */
export const patternOf = (resource: string): string => `${resource}.*`;
const resourceOf = (type: string): string => type.split('.')[0] ?? type;

/** The catalogue as a tree of two levels, in order of the alphabet. */
export function groupsOf(types: readonly EventType[]): EventGroup[] {
  return [...Map.groupBy(types, ({ type }) => resourceOf(type))]
    .map(([resource, own]) => ({ resource, types: own.toSorted((a, b) => a.type.localeCompare(b.type, 'en')) }))
    .toSorted((a, b) => a.resource.localeCompare(b.resource, 'en'));
}

/** `*`, `server.*`, `dns.zone.*` and `server.created`, as the server reads them. */
const covers = (pattern: string, type: string): boolean =>
  pattern === EVERYTHING || pattern === type || (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1)));
export const isChosen = (patterns: readonly string[], type: string): boolean => patterns.some((pattern) => covers(pattern, type));

/** How much of a resource is chosen: all that will ever be, some of what there is, or nothing. */
export function groupState(patterns: readonly string[], { resource, types }: EventGroup): boolean | 'indeterminate' {
  if (patterns.includes(EVERYTHING) || patterns.includes(patternOf(resource))) return true;
  return types.some(({ type }) => isChosen(patterns, type)) ? 'indeterminate' : false;
}

const sorted = (patterns: Iterable<string>): string[] => [...new Set(patterns)].toSorted((a, b) => a.localeCompare(b, 'en'));

/** Everything as what it stands for, so that a part of it can be taken away. */
const spelledOut = (patterns: readonly string[], groups: readonly EventGroup[]): string[] =>
  patterns.includes(EVERYTHING) ? groups.map(({ resource }) => patternOf(resource)) : [...patterns];

/** A whole resource, or none of it. */
export function toggleGroup(patterns: readonly string[], group: EventGroup, groups: readonly EventGroup[]): string[] {
  const on = groupState(patterns, group) === true;
  const others = spelledOut(patterns, groups).filter((pattern) => resourceOf(pattern) !== group.resource);
  return sorted(on ? others : [...others, patternOf(group.resource)]);
}

/** One type; taken out of a wider pattern, the rest of that pattern stays, by name. */
export function toggleType(patterns: readonly string[], type: string, groups: readonly EventGroup[]): string[] {
  if (!isChosen(patterns, type)) return sorted([...patterns, type]);
  const own = groups.find(({ resource }) => resource === resourceOf(type))?.types ?? [];
  const named = spelledOut(patterns, groups).flatMap((pattern) =>
    covers(pattern, type) ? own.filter((one) => covers(pattern, one.type) && one.type !== type).map((one) => one.type) : [pattern],
  );
  return sorted(named);
}

/** Types whose name or description has what was typed, in their groups; all when nothing was. */
export function found(groups: readonly EventGroup[], typed: string): EventGroup[] {
  const text = typed.trim();
  if (text === '') return [...groups];
  return groups
    .map((group) => ({ ...group, types: group.types.filter(({ type, summary }) => match(`${type} ${summary}`, text) > 0) }))
    .filter(({ types }) => types.length > 0);
}

/** How many of the types that there are today are chosen. */
export const countOf = (patterns: readonly string[], groups: readonly EventGroup[]): number =>
  groups.reduce((sum, { types }) => sum + types.filter(({ type }) => isChosen(patterns, type)).length, 0);
