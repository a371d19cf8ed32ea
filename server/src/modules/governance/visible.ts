import { or, sql, type SQL } from '#kernel/drizzle.ts';
import type { Reach, ScopeClause } from '#kernel/scope.ts';
import { changes } from './tables.ts';

const covers = (clause: ScopeClause): SQL => {
  if (clause.groups) return sql`false`;
  const parts: SQL[] = [sql`true`];
  if (clause.type !== undefined) parts.push(sql`t.value->>'type' = ${clause.type}`);
  if (clause.ids) parts.push(sql`t.value->>'id' = any(${sql.param(clause.ids)}::text[])`);
  if (clause.environments) parts.push(sql`t.value->>'environment' = any(${sql.param(clause.environments)}::text[])`);
  if (clause.labels) parts.push(sql`coalesce(t.value->'labels', '{}'::jsonb) @> ${JSON.stringify(clause.labels)}::jsonb`);
  return sql`(${sql.join(parts, sql` and `)})`;
};

const scopeCovers = (clauses: readonly ScopeClause[]): SQL =>
  clauses.length === 0
    ? sql`false`
    : sql`not exists (select from jsonb_array_elements(${changes.targets}) t where not (${sql.join(clauses.map(covers), sql` or `)}))`;

/** Changes of which one grant covers every target; undefined when everything is covered. */
export const changesWithin = (reach: Reach): SQL | undefined =>
  reach.some(({ scope }) => 'all' in scope)
    ? undefined
    : (or(...reach.map(({ scope }) => scopeCovers('any' in scope ? scope.any : []))) ?? sql`false`);
