import type { Scope, ScopeClause } from '#kernel/scope.ts';

const within = (inner: readonly string[] | undefined, outer: readonly string[] | undefined): boolean =>
  outer === undefined || (inner !== undefined && inner.every((entry) => outer.includes(entry)));

const clauseWithin = (inner: ScopeClause, outer: ScopeClause): boolean =>
  (outer.type === undefined || outer.type === inner.type) &&
  within(inner.ids, outer.ids) &&
  within(inner.groups, outer.groups) &&
  within(inner.environments, outer.environments) &&
  (outer.labels === undefined || Object.entries(outer.labels).every(([key, value]) => inner.labels?.[key] === value));

/**
 * Does `inner` reach nothing that `outer` does not, whatever groups come to hold? Clause by clause, so a clause that only two outer
 * clauses cover together is refused: that errs on the safe side.
 */
export const scopeWithin = (inner: Scope, outer: Scope): boolean =>
  'all' in outer || (!('all' in inner) && inner.any.every((clause) => outer.any.some((limit) => clauseWithin(clause, limit))));

const shared = (a: string[] | undefined, b: string[] | undefined): string[] | undefined =>
  a === undefined ? b : b === undefined ? a : a.filter((entry) => b.includes(entry));

/** What two clauses both hold: one clause, or none. Of two lists of groups only those in both are kept, which is never too much. */
function clauseOfBoth(a: ScopeClause, b: ScopeClause): ScopeClause[] {
  if (a.type !== undefined && b.type !== undefined && a.type !== b.type) return [];
  if (Object.entries(a.labels ?? {}).some(([key, value]) => (b.labels?.[key] ?? value) !== value)) return [];
  const lists = { ids: shared(a.ids, b.ids), groups: shared(a.groups, b.groups), environments: shared(a.environments, b.environments) };
  if (Object.values(lists).some((list) => list?.length === 0)) return [];
  const labels = a.labels || b.labels ? { ...a.labels, ...b.labels } : undefined;
  const fields = Object.entries({ type: a.type ?? b.type, ...lists, labels }).filter(([, value]) => value !== undefined);
  return [Object.fromEntries(fields)];
}

/** What two Scopes both reach. */
export const scopeOfBoth = (a: Scope, b: Scope): Scope =>
  'all' in a ? b : 'all' in b ? a : { any: a.any.flatMap((one) => b.any.flatMap((other) => clauseOfBoth(one, other))) };

/** Ids of the groups that a Scope names. */
export const groupsIn = (scope: Scope): string[] => ('all' in scope ? [] : [...new Set(scope.any.flatMap((clause) => clause.groups ?? []))]);

/** The Scope with what its groups hold in their place; a group that holds nothing, or is gone, reaches nothing. */
export function resolveGroups(scope: Scope, contentOf: (groupId: string) => readonly ScopeClause[]): Scope {
  if ('all' in scope) return scope;
  const resolved = scope.any.flatMap(({ groups, ...rest }) =>
    groups === undefined ? [rest] : groups.flatMap((id) => contentOf(id).flatMap((clause) => clauseOfBoth(rest, clause))),
  );
  return { any: resolved };
}

/** Rights cut down to what an API key reaches. */
export const limitedTo = <R extends { scope: Scope }>(rights: readonly R[], cap: Scope | undefined): R[] =>
  rights.map((right) => (cap === undefined ? right : { ...right, scope: scopeOfBoth(right.scope, cap) }));
