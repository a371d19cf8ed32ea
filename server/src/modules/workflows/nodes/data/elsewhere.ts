import Papa from 'papaparse';
import { outside } from '../../egress/faults.ts';
import { Egress } from '../../egress/port.ts';
import { askerOf } from '../../egress/store.ts';
import type { Json } from '../../graph.ts';
import { NodeError, type NodeRun, type Result } from '../declare.ts';
import { kindOf } from '../entity_query/kinds.ts';
import { csvOf, parsed, statusError } from '../http_api/answer.ts';
import { isFile } from '../http_api/body.ts';
import { refusalOf } from '../operation/outcome.ts';
import { listed } from '../operation/selector.ts';
import type { Config } from './config.ts';
import { answer, isWanted, rowsFrom, wantedOf } from './rows.ts';

const TIMEOUT = 30_000;
const MAX_BYTES = 5_242_880;

const needed = (value: string | undefined, what: string): string => {
  if (!value) throw new NodeError('node-config-invalid', 'config', `Say ${what}.`);
  return value;
};

/** A list that another system gives as JSON. */
export async function askHttp(run: NodeRun, { url, token, items, where, limit }: Config): Promise<Result> {
  const request = {
    url: needed(url, 'the address'),
    method: 'GET',
    headers: { accept: 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    timeoutMs: TIMEOUT,
    maxBytes: MAX_BYTES,
    redirects: 5,
    signal: run.signal,
  };
  const found = await outside(() => run.provider(Egress).request(askerOf(run), request));
  const body = await parsed(found, found.status < 400 ? 'json' : 'auto', run.files);
  const seen = { status: found.status, headers: found.headers, body };
  if (found.status >= 400) throw statusError(seen, run.now);
  const list = items === undefined ? body : run.evaluate(items, seen);
  return answer(wantedOf(run, Array.isArray(list) ? list : [list], where, limit));
}

export async function readCsv(run: NodeRun, { text, where, limit }: Config): Promise<Result> {
  const given = run.evaluate(text);
  const source = isFile(given) ? new TextDecoder().decode(await run.files.get(given)) : given;
  if (typeof source !== 'string') throw new NodeError('type-error', 'expression', '`text` is a text or a file.');
  return answer(wantedOf(run, csvOf(source) as Json[], where, limit));
}

/** Cells that spreadsheets would take for formulas are written as text (CWE-1236). */
export async function writeCsv(run: NodeRun, { values, name }: Config): Promise<Result> {
  const rows = rowsFrom(run, values);
  const cells = rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, typeof value === 'object' && value !== null ? JSON.stringify(value) : value])));
  const columns = [...new Set(cells.flatMap((row) => Object.keys(row)))];
  const csv = Papa.unparse({ fields: columns, data: cells }, { escapeFormulae: true, newline: '\r\n' });
  const file = await run.files.put(new TextEncoder().encode(csv), { name: name ?? 'rows.csv', mime: 'text/csv' });
  return { output: { rows: [], count: rows.length, affected: 0, text: csv, file: { ...file } } };
} // prettier-ignore

/** What the platform knows of resources, as the principal sees them. */
export async function askResource(run: NodeRun, { action, resource, name, where, limit }: Config): Promise<Result> {
  const kind = kindOf(needed(resource, 'the kind'));
  if (action === 'list') {
    const { items } = await listed(run, kind.list, kind.input ?? {}, (item, index) => isWanted(run, where, item, index), limit);
    return answer(items);
  }
  const outcome = await run.call(kind.get, { id: needed(name, 'which one') });
  if (outcome.status === 'refused') throw refusalOf(outcome.problem);
  return answer(outcome.status === 'done' ? [outcome.output] : []);
}

/** Variables with their values; of those of type secret nobody is told. */
export async function askVariable(run: NodeRun, { action, name, where, limit }: Config): Promise<Result> {
  const wanted = (item: Json, index: number): boolean =>
    action === 'list' ? isWanted(run, where, item, index) : (item as Record<string, Json>)['name'] === needed(name, 'which variable');
  const { items } = await listed(run, 'envVars.list', {}, wanted, limit);
  if (action === 'get' && items.length === 0) throw new NodeError('variable-not-found', 'not_found', `There is no variable "${name}".`);
  return answer(items);
}
