import type { Json } from '../../graph.ts';
import { NodeError, type NodeRun } from '../declare.ts';

export type Row = Record<string, Json>;

const isRow = (value: Json): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Rows to write: one, or a list. */
export function rowsFrom(run: NodeRun, source: string): Row[] {
  const found = run.evaluate(source);
  const rows = Array.isArray(found) ? found : [found];
  if (!rows.every(isRow)) throw new NodeError('type-error', 'expression', '`values` is a row, or a list of rows.');
  return rows;
}

export const isWanted = (run: NodeRun, where: string | undefined, item: Json, index: number): boolean => {
  if (where === undefined) return true;
  const good = run.evaluate(where, { item, index });
  if (typeof good !== 'boolean') throw new NodeError('type-error', 'expression', '`where` answers true or false.');
  return good;
};

/** The wanted ones of a list, `limit` of them. */
export function wantedOf(run: NodeRun, list: readonly Json[], where: string | undefined, limit: number): Json[] {
  const wanted: Json[] = [];
  for (const [index, item] of list.entries()) {
    if (wanted.length === limit) break;
    if (isWanted(run, where, item, index)) wanted.push(item);
  }
  return wanted;
}

export const answer = (rows: Json[], affected = 0) => ({ output: { rows, count: rows.length, affected } });
