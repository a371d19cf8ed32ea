import { outside } from '../../egress/faults.ts';
import { Egress } from '../../egress/port.ts';
import { askerOf } from '../../egress/store.ts';
import type { Json } from '../../graph.ts';
import { NodeError, type NodeRun, type Result } from '../declare.ts';
import type { Config } from './config.ts';
import { answer, rowsFrom } from './rows.ts';
import { insertOf, selectOf, sent, statementOf, type Statement } from './sql.ts';

const TIMEOUT = 60_000;

async function ask(run: NodeRun, { connection, limit }: Config, { text, values }: Statement, readOnly: boolean) {
  if (!connection) throw new NodeError('secret-missing', 'config', 'The connection is missing.');
  const query = { connection, text, values: values.map(sent), readOnly, maxRows: limit, timeoutMs: TIMEOUT, signal: run.signal };
  const { rows, affected } = await outside(() => run.provider(Egress).query(askerOf(run), query), 'sql-transport');
  // Buffers, dates and whatever else the driver makes, as JSON has it.
  return { rows: JSON.parse(JSON.stringify(rows)) as Json[], affected };
}

const needed = (value: string | undefined, what: string): string => {
  if (!value) throw new NodeError('node-config-invalid', 'config', `Say ${what}.`);
  return value;
};

/** The statements that are to be done, in order. */
export function statementsOf(run: NodeRun, config: Config): Statement[] {
  const { action, sql, parameters = {}, table, match = {}, limit, values, batchSize, dedupeKey } = config;
  if (action === 'query') return [statementOf(needed(sql, 'the statement'), parameters)];
  if (action === 'select') return [selectOf(needed(table, 'which table'), match, limit)];
  const rows = rowsFrom(run, values);
  return Array.from({ length: Math.ceil(rows.length / batchSize) }, (_, at) =>
    insertOf(needed(table, 'which table'), rows.slice(at * batchSize, (at + 1) * batchSize), dedupeKey),
  );
}

export async function askPostgres(run: NodeRun, config: Config): Promise<Result> {
  const { action, readOnly } = config;
  const isRead = action === 'select' || (action === 'query' && readOnly);
  const all: Json[] = [];
  let affected = 0;
  const statements = statementsOf(run, config);
  for (const [at, statement] of statements.entries()) {
    const found = await ask(run, config, statement, isRead);
    all.push(...found.rows);
    affected += isRead ? 0 : found.affected;
    run.progress(`${at + 1} of ${statements.length}`);
  }
  return answer(all, affected);
}
