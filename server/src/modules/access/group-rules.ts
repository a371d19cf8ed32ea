import type { Scope, ScopeClause } from '#kernel/scope.ts';
import { MAX_DEPTH, ownClauses } from './group-content.ts';
import type { GroupDraft } from './group-schemas.ts';
import { groupsIn, resolveGroups, scopeWithin } from './scopes.ts';

/** Which groups a group holds, by id. */
export type Nesting = ReadonlyMap<string, readonly string[]>;

const depthOf = (nesting: Nesting, id: string, path: readonly string[]): number =>
  path.includes(id) ? Number.POSITIVE_INFINITY : 1 + Math.max(0, ...(nesting.get(id) ?? []).map((child) => depthOf(nesting, child, [...path, id])));

const upward = (nesting: Nesting): Map<string, string[]> => {
  const parents = new Map<string, string[]>();
  for (const [id, children] of nesting) for (const child of children) parents.set(child, [...(parents.get(child) ?? []), id]);
  return parents;
};

/** Why groups may not be nested this way, in words; undefined when they may. `nesting` is as it would be. */
export function nestingFault(nesting: Nesting, id: string): string | undefined {
  const below = depthOf(nesting, id, []);
  if (below === Number.POSITIVE_INFINITY) return 'A group cannot hold itself, not even by way of others';
  const above = depthOf(upward(nesting), id, []);
  return above + below - 1 > MAX_DEPTH ? `Groups are nested ${above + below - 1} deep; ${MAX_DEPTH} is the most` : undefined;
}

/** The group and every group that holds it. */
export function withAncestors(nesting: Nesting, id: string): Set<string> {
  const parents = upward(nesting);
  const found = new Set<string>();
  const climb = (one: string): void => {
    if (found.has(one)) return;
    found.add(one);
    for (const parent of parents.get(one) ?? []) climb(parent);
  };
  climb(id);
  return found;
}

type Content = Pick<GroupDraft, 'members' | 'selector' | 'groups'>;

/** What the group holds afterwards and did not before, as clauses; groups within by name. */
export function addedClauses(before: Content, after: Content): ScopeClause[] {
  const known = new Set(before.members.map(({ type, id }) => `${type} ${id}`));
  const fresh = after.members.filter(({ type, id }) => !known.has(`${type} ${id}`));
  const old: Scope = { any: ownClauses({ members: [], selector: before.selector }) };
  const found = ownClauses({ members: fresh, selector: after.selector }).filter((clause) => !scopeWithin({ any: [clause] }, old));
  const children = after.groups.filter((id) => !before.groups.includes(id));
  return children.length > 0 ? [...found, { groups: children }] : found;
}

export const isSameContent = (before: Content, after: Content): boolean =>
  JSON.stringify([before.members, before.selector, before.groups]) === JSON.stringify([after.members, after.selector, after.groups]);

/** The part of a Scope that one of the groups stands for, with other clauses in the groups' place; null when it names none of them. */
export function partThrough(scope: Scope, groups: ReadonlySet<string>, clauses: readonly ScopeClause[]): Scope | null {
  if ('all' in scope || !groupsIn(scope).some((id) => groups.has(id))) return null;
  const naming = scope.any.filter((clause) => clause.groups?.some((id) => groups.has(id)));
  return resolveGroups({ any: naming }, (id) => (groups.has(id) ? clauses : []));
}
