import type { Scope, ScopeClause } from '#kernel/scope.ts';

const within = (inner: readonly string[] | undefined, outer: readonly string[] | undefined): boolean =>
  outer === undefined || (inner !== undefined && inner.every((entry) => outer.includes(entry)));

const clauseWithin = (inner: ScopeClause, outer: ScopeClause): boolean =>
  (outer.type === undefined || outer.type === inner.type) &&
  within(inner.ids, outer.ids) &&
  within(inner.environments, outer.environments) &&
  (outer.labels === undefined || Object.entries(outer.labels).every(([key, value]) => inner.labels?.[key] === value));

/**
 * Does `inner` reach nothing that `outer` does not? Clause by clause, so a clause that only two outer clauses cover
 * together is refused: that errs on the safe side.
 */
export const scopeWithin = (inner: Scope, outer: Scope): boolean =>
  'all' in outer || (!('all' in inner) && inner.any.every((clause) => outer.any.some((limit) => clauseWithin(clause, limit))));
