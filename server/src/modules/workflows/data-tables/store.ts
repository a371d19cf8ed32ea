import { isUuid, type Database } from '#kernel/database.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, asc, eq, gt, or, sql, type SQL } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import type { Json } from '../graph.ts';
import './problems.ts';
import { fitRow, keyOf, type Faulty } from './rules.ts';
import { rowView } from './schemas.ts';
import { dataRows, dataTables, type DataTableRow } from './tables.ts';

/** Rows that one table takes. */
export const MOST_ROWS = 100_000;

export interface Place {
  db: Database;
  tenantId: string;
}

/** By id or name; throws `data-table-not-found`. */
export async function findTable({ db, tenantId }: Place, idOrName: string, lock = false): Promise<DataTableRow> {
  const named = eq(dataTables.name, idOrName);
  const query = db.select().from(dataTables).where(and(eq(dataTables.tenantId, tenantId), isUuid(idOrName) ? or(eq(dataTables.id, idOrName), named) : named)); // prettier-ignore
  const [row] = await (lock ? query.for('no key update') : query);
  if (!row) throw new Problem('data-table-not-found', 'There is no such data table in this tenant. List them with dataTables.list.');
  return row;
}

export const tableTarget = ({ id, name }: Pick<DataTableRow, 'id' | 'name'>): Target => ({ type: 'dataTable', id, name });

export type Match = Readonly<Record<string, Json>>;

/** Rows whose columns have these values; the key column is looked up by its index. */
function matching({ tenantId }: Place, table: DataTableRow, match: Match): SQL | undefined {
  const key = table.columns.find((column) => column.key && match[column.name] != null);
  const whole = Object.fromEntries(Object.entries(match).filter(([, value]) => value !== null));
  const absent = Object.keys(match).filter((name) => match[name] === null);
  return and(
    eq(dataRows.tenantId, tenantId),
    eq(dataRows.tableId, table.id),
    key ? eq(dataRows.key, String(match[key.name])) : undefined,
    sql`${dataRows.content} @> ${JSON.stringify(whole)}::jsonb`,
    ...absent.map((name) => sql`coalesce(${dataRows.content} -> ${name}::text, 'null'::jsonb) = 'null'::jsonb`),
  );
}

/** In the order in which they were put in. */
export const readRows = (place: Place, table: DataTableRow, { match = {}, after, limit }: { match?: Match; after?: string | undefined; limit: number }) =>
  place.db
    .select({ id: dataRows.id, content: dataRows.content })
    .from(dataRows)
    .where(and(matching(place, table, match), after === undefined ? undefined : gt(dataRows.id, after)))
    .orderBy(asc(dataRows.id))
    .limit(limit); // prettier-ignore

export interface Writing {
  action: 'insert' | 'upsert' | 'update' | 'delete';
  rows?: readonly Match[] | undefined;
  match?: Match | undefined;
  set?: Match | undefined;
}

const invalid = (faults: readonly Faulty[]): Problem =>
  new Problem('data-rows-invalid', `${faults[0]!.pointer}: ${faults[0]!.message}.`, { errors: faults.slice(0, 50) });

const bad = (pointer: string, message: string): never => {
  throw invalid([{ pointer, message }]);
};
const matched = (match: Match | undefined): Match => match ?? bad('/match', 'Say which rows; an empty object is all of them');

function fittedUpdate({ columns }: DataTableRow, { match, set }: Writing) {
  const fit = fitRow(columns, set ?? bad('/set', 'Say the new values'), '/set', true);
  if ('faults' in fit) throw invalid(fit.faults);
  if (columns.some(({ key, name }) => key && name in fit.content)) bad('/set', 'The key of a row stays; delete it and insert another');
  return { action: 'update' as const, match: matched(match), set: fit.content };
}

/** What is to be written, checked against the columns; throws `data-rows-invalid`. */
export function fitted(table: DataTableRow, writing: Writing) {
  const { action, rows, match } = writing;
  const { columns } = table;
  if (action === 'delete') return { action, match: matched(match) };
  if (action === 'update') return fittedUpdate(table, writing);
  if (action === 'upsert' && !columns.some(({ key }) => key)) bad('/action', 'The table has no key to upsert by');
  const fits = (rows ?? bad('/rows', 'Say which rows')).map((row, at) => fitRow(columns, row, `/rows/${at}`));
  const faults = fits.flatMap((fit) => ('faults' in fit ? fit.faults : []));
  if (faults.length > 0) throw invalid(faults);
  const contents = fits.flatMap((fit) => ('content' in fit ? [fit.content] : []));
  // Of several with one key the last is what an upsert leaves; PostgreSQL takes each once.
  return { action, contents: action === 'upsert' ? [...new Map(contents.map((content) => [keyOf(columns, content), content])).values()] : contents };
}

async function requireRoom({ db, tenantId }: Place, table: DataTableRow, more: number): Promise<void> {
  const { rows } = await db.execute<{ used: number }>(
    sql`select count(*)::int as used from data_rows where tenant_id = ${tenantId} and table_id = ${table.id}`,
  );
  if (rows[0]!.used + more > MOST_ROWS)
    throw new Problem('data-table-full', `Table "${table.name}" holds ${rows[0]!.used} rows; ${MOST_ROWS} is the most.`);
}

/** Writes in the caller's transaction. Throws `data-rows-invalid`, `data-row-exists` or `data-table-full`. */
export async function writeRows(
  place: Place,
  table: DataTableRow,
  writing: Writing,
  now: Date,
): Promise<{ affected: number; rows: ReturnType<typeof rowView>[] }> {
  const { db, tenantId } = place;
  const wish = fitted(table, writing);
  if (wish.action === 'delete') {
    const { rowCount } = await db.delete(dataRows).where(matching(place, table, wish.match));
    return { affected: rowCount ?? 0, rows: [] };
  }
  if (wish.action === 'update') {
    const content = sql`${dataRows.content} || ${JSON.stringify(wish.set)}::jsonb`;
    const { rowCount } = await db
      .update(dataRows)
      .set({ content, updatedAt: now })
      .where(matching(place, table, wish.match));
    return { affected: rowCount ?? 0, rows: [] };
  }
  if (wish.contents.length === 0) return { affected: 0, rows: [] };
  await requireRoom(place, table, wish.contents.length);
  const values = wish.contents.map((content) => ({
    tenantId,
    id: newId(),
    tableId: table.id,
    key: keyOf(table.columns, content),
    content,
    createdAt: now,
    updatedAt: now,
  }));
  const insert = db.insert(dataRows).values(values);
  const target = [dataRows.tenantId, dataRows.tableId, dataRows.key];
  const merged = { content: sql`${dataRows.content} || excluded.content`, updatedAt: now };
  const put = wish.action === 'insert' ? insert : insert.onConflictDoUpdate({ target, targetWhere: sql`key is not null`, set: merged });
  const rows = await put.returning({ id: dataRows.id, content: dataRows.content }).catch((error: unknown) => {
    throw isUniqueViolation(error)
      ? new Problem('data-row-exists', `Table "${table.name}" has a row with one of these keys. Nothing was written.`)
      : error;
  });
  return { affected: rows.length, rows: rows.map(rowView) };
}
