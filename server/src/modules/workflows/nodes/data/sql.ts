import type { Json } from '../../graph.ts';
import { NodeError } from '../declare.ts';

const wrong = (message: string): NodeError => new NodeError('sql-error', 'config', message);

/**
 * What stands in SQL and is no place for a parameter: strings, quoted names, dollar quotes, comments, casts and numbers of slices; then
 * parameters, and what ends a statement. Each alternative begins with a character of its own, so the scan is linear.
 */
const TOKEN = /'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"]|"")*"|--[^\n]*|\/\*|\$(\w*)\$|::|:([A-Za-z_]\w*)|;/g;

/** Block comments nest in PostgreSQL. Answers where the outermost ends. */
function endOfComment(sql: string, from: number): number {
  let depth = 0;
  for (let at = from; at < sql.length - 1; at++) {
    const two = sql.slice(at, at + 2);
    if (two !== '/*' && two !== '*/') continue;
    at += 1;
    depth += two === '/*' ? 1 : -1;
    if (depth === 0) return at + 1;
  }
  throw wrong('A comment is not closed.');
}

export interface Statement {
  text: string;
  values: Json[];
}

/**
 * `:named` parameters as the protocol's numbered ones. Values are never part of the text. A second statement is refused here for the sake
 * of a good message; the server would refuse it too, since it is sent as a prepared one.
 */
export function statementOf(sql: string, parameters: Readonly<Record<string, Json>>): Statement {
  const names: string[] = [];
  let text = '';
  let from = 0;
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(sql); found; found = TOKEN.exec(sql)) {
    const [token, tag, name] = found;
    const end = found.index + token.length;
    if (token === '/*') TOKEN.lastIndex = endOfComment(sql, found.index);
    else if (tag !== undefined) {
      const closing = sql.indexOf(token, end);
      if (closing < 0) throw wrong('A text in dollar quotes is not closed.');
      TOKEN.lastIndex = closing + token.length;
    } else if (token === ';') {
      if (!isEmpty(sql.slice(end))) throw wrong('There is more than one statement. Make a node of each.');
    } else if (name !== undefined) {
      if (!Object.hasOwn(parameters, name)) throw wrong(`Parameter ":${name}" has no value.`);
      const known = names.indexOf(name);
      const number = known < 0 ? names.push(name) : known + 1;
      text += `${sql.slice(from, found.index)}$${number}`;
      from = end;
    }
  }
  const whole = text + sql.slice(from);
  if (isEmpty(whole)) throw wrong('There is no statement.');
  if (/\$\d/.test(sql.replaceAll(TOKEN, ''))) throw wrong('Parameters are named, as in ":since".');
  return { text: whole, values: names.map((name) => parameters[name]!) };
}

const isEmpty = (sql: string): boolean => sql.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\/|;/g, '').trim() === '';

/** Lists become arrays of PostgreSQL, objects JSON. */
export const sent = (value: Json): unknown => (typeof value === 'object' && value !== null && !Array.isArray(value) ? JSON.stringify(value) : value);

const NAME = /^[A-Za-z_][\w$]{0,62}$/;
/** A name as an identifier; anything that is not plainly one is refused rather than escaped. */
export function identifier(name: string): string {
  if (!NAME.test(name)) throw wrong(`"${name.slice(0, 80)}" is not a name of a table or column.`);
  return `"${name}"`;
}
export const tableName = (name: string): string => {
  const parts = name.split('.');
  if (parts.length > 2) throw wrong('A table is "name" or "schema.name".');
  return parts.map(identifier).join('.');
};

/** Parameters that one statement of the protocol takes. */
const MOST_PARAMETERS = 65_535;

/** One INSERT of several rows; with `dedupe`, rows whose key is there are left alone. */
export function insertOf(table: string, rows: readonly Readonly<Record<string, Json>>[], dedupe: string | undefined): Statement {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0) throw wrong('The rows have no columns.');
  if (columns.length * rows.length > MOST_PARAMETERS) throw wrong('A batch has too many values; make batchSize smaller.');
  const values: Json[] = [];
  const lines = rows.map(
    (row) => `(${columns.map((column) => (row[column] === undefined ? 'default' : `$${values.push(row[column])}`)).join(', ')})`,
  );
  const once = dedupe === undefined ? '' : ` on conflict (${identifier(dedupe)}) do nothing`;
  return { text: `insert into ${tableName(table)} (${columns.map(identifier).join(', ')}) values ${lines.join(', ')}${once}`, values };
}

/** Rows whose columns have these values. */
export function selectOf(table: string, match: Readonly<Record<string, Json>>, limit: number): Statement {
  const values: Json[] = [];
  const wanted = Object.entries(match).map(([name, value]) =>
    value === null ? `${identifier(name)} is null` : `${identifier(name)} = $${values.push(value)}`,
  );
  const where = wanted.length === 0 ? '' : ` where ${wanted.join(' and ')}`;
  return { text: `select * from ${tableName(table)}${where} limit ${Math.trunc(limit)}`, values };
}
