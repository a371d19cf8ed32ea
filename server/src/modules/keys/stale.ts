import type { Database } from '#kernel/database.ts';
import { sql, type SQL } from '#kernel/drizzle.ts';
import type { Module, SealedColumn } from '#kernel/module.ts';
import type { SealedPlace } from '#kernel/seal.ts';

export const nameOf = ({ table, column }: SealedColumn): string => `${table}.${column}`;

/** Every column that the modules declare. Throws when one is declared twice: it would not be known which place is meant. */
export function placesIn(modules: readonly Pick<Module, 'sealed'>[]): SealedColumn[] {
  const places = modules.flatMap(({ sealed }) => sealed ?? []);
  const twice = places.find((place, at) => places.findIndex((other) => nameOf(other) === nameOf(place)) !== at);
  if (twice) throw new Error(`${nameOf(twice)} is declared twice as a column of sealed values`);
  return places;
}

/** `v1.{id of the data key}.{rest}`; ids are UUIDv7, so that the older of two keys has the smaller one. */
const keyOf = (column: string): SQL => sql`split_part(t.${sql.identifier(column)}, '.', 2) collate "C"`;

const stale = ({ table, column }: SealedColumn, tenantId: string, than: string): SQL =>
  sql`from ${sql.identifier(table)} t where t.tenant_id = ${tenantId} and t.${sql.identifier(column)} is not null and ${keyOf(column)} < ${than}`;

/** How many values of the column are sealed under a key that is older than `than`. */
export async function countStale(db: Database, at: SealedColumn, tenantId: string, than: string): Promise<number> {
  const { rows } = await db.execute<{ n: string }>(sql`select count(*) as n ${stale(at, tenantId, than)}`);
  return Number(rows[0]!.n);
}

/** Ids of the keys that values of the column are sealed under. */
export async function keysIn(db: Database, { table, column }: SealedColumn, tenantId: string): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(
    sql`select distinct ${keyOf(column)} as id from ${sql.identifier(table)} t where t.tenant_id = ${tenantId} and t.${sql.identifier(column)} is not null`,
  );
  return rows.map(({ id }) => id);
}

export interface StaleValue {
  id: string;
  sealed: string;
  place: SealedPlace;
}

/** The next values, by id, held until the transaction ends. `waits`: also for those that somebody is writing at the moment. */
export async function nextStale(
  db: Database,
  at: SealedColumn,
  { tenantId, than, after, limit, waits }: { tenantId: string; than: string; after: string | null; limit: number; waits: boolean },
): Promise<StaleValue[]> {
  const { rows } = await db.execute<{ id: string; sealed: string; place_row: string; place_field: string }>(sql`
    select t.id, t.${sql.identifier(at.column)} as sealed, (${sql.raw(at.row ?? 't.id')})::text as place_row, (${sql.raw(at.field)})::text as place_field
    ${stale(at, tenantId, than)} ${after === null ? sql`` : sql`and t.id > ${after}`}
    order by t.id limit ${limit} for no key update of t ${waits ? sql`` : sql`skip locked`}`);
  return rows.map(({ id, sealed, place_row: row, place_field: field }) => ({ id, sealed, place: { tenantId, table: at.table, row, field } }));
}

export const replace = (db: Database, { table, column }: SealedColumn, { id, place }: StaleValue, sealed: string): Promise<unknown> =>
  db.execute(sql`update ${sql.identifier(table)} set ${sql.identifier(column)} = ${sealed} where tenant_id = ${place.tenantId} and id = ${id}`);
