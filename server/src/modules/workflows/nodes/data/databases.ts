import { outside } from '../../egress/faults.ts';
import { Egress } from '../../egress/port.ts';
import { askerOf } from '../../egress/store.ts';
import type { Json } from '../../graph.ts';
import { NodeError, type NodeRun, type Result } from '../declare.ts';
import type { Config } from './config.ts';
import { MYSQL, POSTGRES, wrong, type Dialect } from './dialects.ts';
import { answer, rowsFrom, type Row } from './rows.ts';
import { changeOf, insertOf, selectOf, statementOf, type Statement } from './sql.ts';

const TIMEOUT = 60_000;

const dialectOf = ({ source }: Config): Dialect => (source === 'mysql' ? MYSQL : POSTGRES);

async function ask(run: NodeRun, config: Config, { text, values }: Statement, readOnly: boolean) {
  const { connection, limit, source, action } = config;
  if (!connection) throw new NodeError('secret-missing', 'config', 'The connection is missing.');
  const query = { connection, text, values: values.map(dialectOf(config).sent), readOnly, maxRows: limit, timeoutMs: TIMEOUT, signal: run.signal };
  const egress = run.provider(Egress);
  const { rows, affected } = await outside(
    // A row that is there already is not inserted, so it does not count.
    () => (source === 'mysql' ? egress.queryMysql(askerOf(run), { ...query, changedOnly: action === 'insert' }) : egress.query(askerOf(run), query)),
    'sql-transport',
  );
  // Buffers, dates and whatever else the driver makes, as JSON has it.
  return { rows: JSON.parse(JSON.stringify(rows)) as Json[], affected };
}

const needed = (value: string | undefined, what: string): string => {
  if (!value) throw new NodeError('node-config-invalid', 'config', `Say ${what}.`);
  return value;
};

const batches = (rows: readonly Row[], size: number): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, at) => rows.slice(at * size, (at + 1) * size));

/** Rows of the same columns together: a column that a row leaves out is not overwritten by its default. */
function upsertsOf(dialect: Dialect, table: string, rows: readonly Row[], key: string, size: number): Statement[] {
  if (!rows.every((row) => row[key] !== undefined && row[key] !== null)) throw wrong(`A row has no "${key}", which tells it from others.`);
  const alike = Object.values(Object.groupBy(rows, (row) => JSON.stringify(Object.keys(row).toSorted()))).map((some) => some!);
  return alike.flatMap((some) => batches(some, size)).map((batch) => insertOf(dialect, table, batch, key, true));
}

/** The statements that are to be done, in order. */
export function statementsOf(run: NodeRun, config: Config): Statement[] {
  const { action, sql, parameters = {}, match = {}, set = {}, limit, values, batchSize, dedupeKey } = config;
  const dialect = dialectOf(config);
  if (action === 'query') return [statementOf(dialect, needed(sql, 'the statement'), parameters)];
  const table = needed(config.table, 'which table');
  if (action === 'select') return [selectOf(dialect, table, match, limit)];
  if (action === 'update' || action === 'delete') return [changeOf(dialect, table, match, action === 'update' ? set : undefined)];
  const rows = rowsFrom(run, values);
  if (action === 'upsert') return upsertsOf(dialect, table, rows, needed(dedupeKey, 'by which key'), batchSize);
  return batches(rows, batchSize).map((batch) => insertOf(dialect, table, batch, dedupeKey));
}

const UNIQUE = `select index_name from information_schema.statistics where table_schema = ifnull(:schema, database()) and table_name = :table
  group by index_name having max(non_unique) = 0 and count(*) = 1 and max(column_name = :key) = 1 limit 1`;

/** MySQL does not ask which key is meant, and would insert the same rows again where there is none. PostgreSQL says so by itself. */
async function requireKey(run: NodeRun, config: Config): Promise<void> {
  const { source, action, dedupeKey: key, table } = config;
  if (source !== 'mysql' || !key || (action !== 'insert' && action !== 'upsert')) return;
  const [name = '', schema = null] = needed(table, 'which table').split('.').toReversed();
  const { rows } = await ask(run, config, statementOf(MYSQL, UNIQUE, { schema, table: name, key }), true);
  if (rows.length === 0) throw wrong(`No unique index of "${name.slice(0, 80)}" is that of "${key}" alone, so it does not tell rows apart.`);
}

export async function askDatabase(run: NodeRun, config: Config): Promise<Result> {
  const { action, readOnly, values } = config;
  const isRead = action === 'select' || (action === 'query' && readOnly);
  const all: Json[] = [];
  let affected = 0;
  const statements = statementsOf(run, config);
  await requireKey(run, config);
  for (const [at, statement] of statements.entries()) {
    const found = await ask(run, config, statement, isRead);
    all.push(...found.rows);
    affected += isRead ? 0 : found.affected;
    run.progress(`${at + 1} of ${statements.length}`);
  }
  // MySQL counts a row that it changes as two. Either way each is there now.
  return answer(all, action === 'upsert' ? rowsFrom(run, values).length : affected);
}
