import { z } from 'zod';
import type { PgColumn } from './columns.ts';
import { and, or, sql, type SQL } from './drizzle.ts';
import type { Target } from './operation.ts';

/** One clause of a Scope: all fields given must match (they intersect). A field left out does not restrict. */
export const ScopeClause = z.strictObject({
  type: z.string().min(1).optional(),
  ids: z.array(z.string()).max(1000).optional(),
  /** Resource groups by id. The permission step replaces them by what they hold; where one is left, nothing is covered. */
  groups: z.array(z.uuid()).min(1).max(100).optional(),
  environments: z.array(z.string()).max(50).optional(),
  labels: z.record(z.string(), z.string()).optional(),
});
/** `{ all: true }`, or a union of clauses. An empty union reaches nothing. */
export const Scope = z.union([z.strictObject({ all: z.literal(true) }), z.strictObject({ any: z.array(ScopeClause).max(100) })]);
export type Scope = z.infer<typeof Scope>;
export type ScopeClause = z.infer<typeof ScopeClause>;

/** What an actor reaches with one permission: the Scopes of the grants that hold it. Rights of different grants are never mixed. */
export type Reach = readonly { grantId: string; scope: Scope }[];

const clauseCovers = (clause: ScopeClause, target: Target): boolean =>
  clause.groups === undefined &&
  (clause.type === undefined || clause.type === target.type) &&
  (clause.ids === undefined || clause.ids.includes(target.id)) &&
  (clause.environments === undefined || (target.environment != null && clause.environments.includes(target.environment))) &&
  (clause.labels === undefined || Object.entries(clause.labels).every(([key, value]) => target.labels?.[key] === value));

export const scopeCovers = (scope: Scope, target: Target): boolean => 'all' in scope || scope.any.some((clause) => clauseCovers(clause, target));

/** The grant that covers every target alone, if there is one. */
export const coveringGrant = (reach: Reach, targets: readonly Target[]): string | undefined =>
  reach.find(({ scope }) => targets.every((target) => scopeCovers(scope, target)))?.grantId;

export interface ScopedColumns {
  type: string;
  id: PgColumn;
  environment?: PgColumn;
  labels?: PgColumn;
}

const clauseWhere = (clause: ScopeClause, columns: ScopedColumns): SQL | undefined => {
  if (clause.groups || (clause.type !== undefined && clause.type !== columns.type)) return undefined;
  const parts: SQL[] = [sql`true`];
  if (clause.ids) parts.push(sql`${columns.id}::text = any(${sql.param(clause.ids)}::text[])`);
  if (clause.environments) {
    if (!columns.environment) return undefined;
    parts.push(sql`${columns.environment} = any(${sql.param(clause.environments)}::text[])`);
  }
  if (clause.labels) {
    if (!columns.labels) return undefined;
    parts.push(sql`${columns.labels} @> ${JSON.stringify(clause.labels)}::jsonb`);
  }
  return and(...parts);
};

/** SQL condition for a list: the rows that the reach covers. Undefined when everything is; `false` when nothing is. */
export const withinReach = (reach: Reach, columns: ScopedColumns): SQL | undefined => {
  if (reach.some(({ scope }) => 'all' in scope)) return undefined;
  const clauses = reach.flatMap(({ scope }) => ('any' in scope ? scope.any : [])).map((clause) => clauseWhere(clause, columns));
  return or(...clauses.filter((clause) => clause !== undefined)) ?? sql`false`;
};
