import type { Database } from '#kernel/database.ts';
import { sql, type SQL } from '#kernel/drizzle.ts';
import type { Scope, ScopeClause } from '#kernel/scope.ts';
import type { FilterName, Filters } from './schemas.ts';

export type Cell = string | number | boolean | null | readonly string[];
/** One line of a report: its cells by the key of their column. */
export type Row = Record<string, Cell>;

export interface Column {
  /** In JSON as it is, in CSV in snake_case. */
  key: string;
  title: string;
  /** Share of the line that it takes in a PDF; without it, it is left out there. */
  width?: number;
}

/** What is asked of a kind: rows of this range, as they were known at the cut-off, within these Scopes. */
export interface Ask {
  tenantId: string;
  from: Date;
  to: Date;
  cutoff: Date;
  filters: Filters;
  reach: readonly Scope[];
}

export interface Page {
  rows: Row[];
  /** Where to go on; null at the end. */
  next: string | null;
}

/** Gathers rows into others, one at a time. */
export interface Fold {
  add: (row: Row) => void;
  rows: () => Row[];
}

/**
 * One kind of report. It reads what other modules store by SQL, in the tenant's transaction and never to write: a report is about all
 * of them at once, and no operation of theirs answers in the bulk and as of a past moment.
 */
export interface Kind {
  key: string;
  title: string;
  about: string;
  filters: readonly FilterName[];
  /** Cut to the Scope of whoever asks; otherwise only for those who reach everything. */
  scoped: boolean;
  columns: (filters: Filters) => readonly Column[];
  page: (db: Database, ask: Ask, after: string | null) => Promise<Page>;
  fold?: (filters: Filters) => Fold | undefined;
  /**
   * A picture of the moment: it tells of things that keep no history (who holds what), so it is taken when it is asked for and kept with
   * its rows. Asked for again with its cut-off it is the same; of a moment of which no picture was taken there is none.
   */
  picture?: true;
}

/** RFC 3339 in UTC, whatever the time zone of the connection. */
export const iso = (time: SQL): SQL => sql`to_char(${time} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** `server:web-1` for each target in the column, in their order. */
export const targetNames = (targets: SQL): SQL =>
  sql`(select coalesce(array_agg(coalesce(t.value->>'type', '') || ':' || coalesce(t.value->>'name', t.value->>'id') order by t.ordinality), '{}') from jsonb_array_elements(${targets}) with ordinality t)`;

export const isWhole = (reach: readonly Scope[]): boolean => reach.some((scope) => 'all' in scope);

const covers = (clause: ScopeClause): SQL => {
  if (clause.groups) return sql`false`;
  const parts: SQL[] = [sql`true`];
  if (clause.type !== undefined) parts.push(sql`t.value->>'type' = ${clause.type}`);
  if (clause.ids) parts.push(sql`t.value->>'id' = any(${sql.param(clause.ids)}::text[])`);
  if (clause.environments) parts.push(sql`t.value->>'environment' = any(${sql.param(clause.environments)}::text[])`);
  if (clause.labels) parts.push(sql`coalesce(t.value->'labels', '{}'::jsonb) @> ${JSON.stringify(clause.labels)}::jsonb`);
  return sql`(${sql.join(parts, sql` and `)})`;
};

/** True where one of the Scopes covers every target in the column; what touches nothing in particular is for the whole reach only. */
export function within(reach: readonly Scope[], targets: SQL): SQL {
  if (isWhole(reach)) return sql`true`;
  const each = reach.flatMap((scope) => ('any' in scope && scope.any.length > 0 ? [scope.any] : []));
  if (each.length === 0) return sql`false`;
  const one = (clauses: readonly ScopeClause[]): SQL =>
    sql`not exists (select from jsonb_array_elements(${targets}) t where not (${sql.join(clauses.map(covers), sql` or `)}))`;
  return sql`(jsonb_array_length(${targets}) > 0 and (${sql.join(each.map(one), sql` or `)}))`;
}

/** What filters ask of a row, whose columns are named by SQL. `servers.*` takes every operation of servers. */
export const asked = {
  operation: (wanted: string | undefined, column: SQL): SQL =>
    wanted === undefined ? sql`true` : wanted.endsWith('*') ? sql`starts_with(${column}, ${wanted.slice(0, -1)})` : sql`${column} = ${wanted}`,
  target: (wanted: string | undefined, targets: SQL): SQL =>
    wanted === undefined ? sql`true` : sql`(${targets} @> ${JSON.stringify([{ id: wanted }])}::jsonb or ${targets} @> ${JSON.stringify([{ name: wanted }])}::jsonb)`, // prettier-ignore
  environment: (wanted: string | undefined, targets: SQL): SQL =>
    wanted === undefined ? sql`true` : sql`${targets} @> ${JSON.stringify([{ environment: wanted }])}::jsonb`,
};
