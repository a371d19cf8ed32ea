import type { Json } from '../../graph.ts';
import { NodeError } from '../declare.ts';

export const wrong = (message: string): NodeError => new NodeError('sql-error', 'config', message);

/** What databases write differently. */
export interface Dialect {
  /**
   * What stands in SQL and is no place for a parameter: strings, quoted names, comments; then parameters (`name`), what ends a statement,
   * and what is not taken. Each alternative begins with a character of its own, so the scan is linear.
   */
  token: RegExp;
  /** Where it ends, of a token that only begins something. Throws where it does not end, or is not taken. */
  endOf: (sql: string, token: string, from: number) => number | undefined;
  comments: RegExp;
  /** The place of a value in the text, from 1; `isNumbered`: one place may stand several times. */
  place: (number: number) => string;
  isNumbered: boolean;
  quote: '"' | '`';
  /** A value as the driver takes it. */
  sent: (value: Json) => unknown;
  /** Rows whose key is there are left alone, or get the values of `columns`. `key` and `columns` are quoted already. */
  conflict: (key: string, columns: readonly string[]) => string;
}

/** Block comments nest in PostgreSQL. Answers where the outermost ends. */
function endOfNested(sql: string, from: number): number {
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

function endOf(sql: string, closing: string, from: number, what: string): number {
  const at = sql.indexOf(closing, from);
  if (at < 0) throw wrong(`${what} is not closed.`);
  return at + closing.length;
}

const isObject = (value: Json): boolean => typeof value === 'object' && value !== null;

/** PostgreSQL: beside the rest there are dollar quotes, casts and numbers of slices. */
export const POSTGRES: Dialect = {
  token: /'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"]|"")*"|--[^\n]*|\/\*|\$\w*\$|\$\d|::|:(?<name>[A-Za-z_]\w*)|;/g,
  endOf(sql, token, from) {
    if (token === '/*') return endOfNested(sql, from);
    if (/^\$\d$/.test(token)) throw wrong('Parameters are named, as in ":since".');
    return token.startsWith('$') ? endOf(sql, token, from + token.length, 'A text in dollar quotes') : undefined;
  },
  comments: /--[^\n]*|\/\*[\s\S]*?\*\//g,
  place: (number) => `$${number}`,
  isNumbered: true,
  quote: '"',
  // Lists become arrays of PostgreSQL, objects JSON.
  sent: (value) => (isObject(value) && !Array.isArray(value) ? JSON.stringify(value) : value),
  conflict: (key, columns) =>
    ` on conflict (${key}) do ${columns.length === 0 ? 'nothing' : `update set ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`}`,
};

/**
 * MySQL and MariaDB (MySQL Reference Manual, 11.1.1 and 11.7): double quotes are texts as single ones are, with backslashes in both; names
 * stand in backticks; `#` begins a comment and `--` only before a blank; comments do not nest. Comments that are executed are not taken:
 * what they say depends on the server.
 */
export const MYSQL: Dialect = {
  token: /'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"\\]|""|\\[\s\S])*"|`(?:[^`]|``)*`|#[^\n]*|--(?![!-~\u0080-\uFFFF])[^\n]*|\/\*|\?|:(?<name>[A-Za-z_]\w*)|;/g,
  endOf(sql, token, from) {
    if (token === '?') throw wrong('Parameters are named, as in ":since".');
    if (token !== '/*') return undefined;
    if (/^\/\*M?!/.test(sql.slice(from, from + 4))) throw wrong('A comment that the server executes is not taken; write what it says.');
    return endOf(sql, '*/', from + 2, 'A comment');
  },
  comments: /#[^\n]*|--(?![!-~\u0080-\uFFFF])[^\n]*|\/\*[\s\S]*?\*\//g,
  place: () => '?',
  isNumbered: false,
  quote: '`',
  // There are no arrays; lists and objects are JSON.
  sent: (value) => (isObject(value) ? JSON.stringify(value) : value),
  // Not INSERT IGNORE, which lets wrong values pass as well.
  conflict: (key, columns) =>
    ` on duplicate key update ${columns.length === 0 ? `${key} = ${key}` : columns.map((name) => `${name} = values(${name})`).join(', ')}`,
}; // prettier-ignore
