import type { Permission } from '#features/settings/types.ts';
import { permits } from '#lib/session.ts';
import type { Risk } from '#lib/types.ts';

/** The server's own limit for one role. */
export const MOST_PATTERNS = 200;
export const RISKS: readonly Risk[] = ['read', 'write', 'high'];

const resourceOf = (key: string): string => key.slice(0, key.indexOf(':'));
const actionOf = (key: string): string => key.slice(key.indexOf(':') + 1);
export const splitKey = (key: string): { resource: string; action: string } => ({ resource: resourceOf(key), action: actionOf(key) });

const holds = (pattern: string, key: string): boolean => permits([pattern], key);
/** Which of the permissions the patterns hold. */
export const heldBy = (patterns: readonly string[], keys: readonly string[]): Set<string> => new Set(keys.filter((key) => permits(patterns, key)));

/** Whether one pattern holds all that another does, known and to come. */
function includes(wide: string, narrow: string): boolean {
  const [a, b] = [wide === '*' ? '*:*' : wide, narrow === '*' ? '*:*' : narrow];
  const fits = (one: string, other: string): boolean => one === '*' || one === other;
  return fits(resourceOf(a), resourceOf(b)) && fits(actionOf(a), actionOf(b));
}
/** Without patterns that another one makes superfluous, each once, in their order. */
export function tidy(patterns: readonly string[]): string[] {
  const unique = [...new Set(patterns)];
  return unique.filter((one, at) => !unique.some((other, i) => i !== at && includes(other, one) && !(includes(one, other) && i > at)));
}

/**
 * What is left of a pattern without one permission. As much of it as possible stays a pattern: of `*` the other resources stay `x:*`,
 * so that what a later release adds to them is still held, and a role stays far below its 200 patterns.
 */
function without(pattern: string, key: string, keys: readonly string[]): string[] {
  if (!holds(pattern, key)) return [pattern];
  const { resource, action } = splitKey(key);
  const whole = pattern === '*' ? '*:*' : pattern;
  const siblings = keys.filter((one) => one !== key && resourceOf(one) === resource && holds(pattern, one));
  if (resourceOf(whole) !== '*') return siblings;
  const others = [...new Set(keys.filter((one) => resourceOf(one) !== resource && holds(pattern, one)).map(resourceOf))];
  return [...others.map((other) => `${other}:${actionOf(whole) === '*' ? '*' : action}`), ...siblings];
}

/** The patterns after permissions were switched on or off. `keys` are all that exist. */
export function switched(patterns: readonly string[], wanted: readonly string[], on: boolean, keys: readonly string[]): string[] {
  if (on) return tidy([...patterns, ...wanted.filter((key) => !permits(patterns, key))]);
  const left = wanted.reduce<readonly string[]>((now, key) => now.flatMap((pattern) => without(pattern, key, keys)), patterns);
  return tidy(left);
}

/** Whether all of the permissions are held, none, or some: a checkbox over others. */
export function triState(keys: readonly string[], held: ReadonlySet<string>): boolean | 'indeterminate' {
  const count = keys.filter((key) => held.has(key)).length;
  return count === 0 ? false : count === keys.length ? true : 'indeterminate';
}

/** The same permissions in fewer patterns: `servers:*` for a resource that is held whole, `*` when all are. Holds also what comes later. */
export function folded(patterns: readonly string[], keys: readonly string[]): string[] {
  const held = heldBy(patterns, keys);
  if (keys.length > 0 && held.size === keys.length) return ['*'];
  const resources = [...new Set(keys.map(resourceOf))];
  const whole = resources.filter((resource) => {
    const own = keys.filter((key) => resourceOf(key) === resource);
    return own.length > 1 && own.every((key) => held.has(key));
  });
  return tidy([...whole.map((resource) => `${resource}:*`), ...patterns]);
}

export interface Difference {
  gained: string[];
  lost: string[];
}
export function difference(before: readonly string[], after: readonly string[], keys: readonly string[]): Difference {
  const [old, now] = [heldBy(before, keys), heldBy(after, keys)];
  return { gained: keys.filter((key) => now.has(key) && !old.has(key)), lost: keys.filter((key) => old.has(key) && !now.has(key)) };
}

/** One row of the matrix: a resource and its permissions by risk. */
export interface ResourceRow {
  resource: string;
  cells: Record<Risk, Permission[]>;
  keys: string[];
}
export interface Category {
  name: string;
  rows: ResourceRow[];
  keys: string[];
}

/** The catalogue as the matrix shows it: categories in the catalogue's order, in each the resources. */
export function categoriesOf(permissions: readonly Permission[]): Category[] {
  const categories = new Map<string, Map<string, ResourceRow>>();
  for (const permission of permissions) {
    const rows = categories.get(permission.category) ?? new Map<string, ResourceRow>();
    categories.set(permission.category, rows);
    const resource = resourceOf(permission.key);
    const row = rows.get(resource) ?? { resource, cells: { read: [], write: [], high: [] }, keys: [] };
    rows.set(resource, row);
    row.cells[permission.risk].push(permission);
    row.keys.push(permission.key);
  }
  return [...categories].map(([name, rows]) => ({ name, rows: [...rows.values()], keys: [...rows.values()].flatMap(({ keys }) => keys) }));
}

export interface MatrixFilter {
  text: string;
  risk: Risk | undefined;
  /** Only what is held, or only what the draft changes. */
  only: 'held' | 'changed' | undefined;
}
/** Whether a filter lets a permission through. Every word has to be found somewhere in it. */
export function passes(permission: Permission, { text, risk, only }: MatrixFilter, held: ReadonlySet<string>, changed: ReadonlySet<string>): boolean {
  if (risk && permission.risk !== risk) return false;
  if (only === 'held' && !held.has(permission.key)) return false;
  if (only === 'changed' && !changed.has(permission.key)) return false;
  const { key, title, category, operations, contractKeys } = permission;
  const hay = [key, title, category, ...operations, ...contractKeys].join(' ').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word));
}

/** A right above the role's highest risk is held and cannot be used. */
export const isAbove = (risk: Risk, most: Risk): boolean => RISKS.indexOf(risk) > RISKS.indexOf(most);
