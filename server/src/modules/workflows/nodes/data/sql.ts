import type { Json } from '../../graph.ts';
import { wrong, type Dialect } from './dialects.ts';
import type { Row } from './rows.ts';

export interface Statement {
  text: string;
  values: Json[];
}

/**
 * `:named` parameters as those of the protocol. Values are never part of the text. A second statement is refused here for the sake of a
 * good message; the server would refuse it too, since it is sent as a prepared one.
 */
export function statementOf(dialect: Dialect, sql: string, parameters: Readonly<Record<string, Json>>): Statement {
  const names: string[] = [];
  let text = '';
  let from = 0;
  dialect.token.lastIndex = 0;
  for (let found = dialect.token.exec(sql); found; found = dialect.token.exec(sql)) {
    const [token] = found;
    const name = found.groups?.['name'];
    if (token === ';') {
      if (!isEmpty(dialect, sql.slice(found.index))) throw wrong('There is more than one statement. Make a node of each.');
    } else if (name === undefined) dialect.token.lastIndex = dialect.endOf(sql, token, found.index) ?? dialect.token.lastIndex;
    else {
      if (!Object.hasOwn(parameters, name)) throw wrong(`Parameter ":${name}" has no value.`);
      const known = dialect.isNumbered ? names.indexOf(name) : -1;
      const number = known < 0 ? names.push(name) : known + 1;
      text += `${sql.slice(from, found.index)}${dialect.place(number)}`;
      from = found.index + token.length;
    }
  }
  const whole = text + sql.slice(from);
  if (isEmpty(dialect, whole)) throw wrong('There is no statement.');
  return { text: whole, values: names.map((name) => parameters[name]!) };
}

const isEmpty = ({ comments }: Dialect, sql: string): boolean => sql.replaceAll(comments, '').replaceAll(';', '').trim() === '';

const NAME = /^[A-Za-z_][\w$]{0,62}$/;
/** A name as an identifier; anything that is not plainly one is refused rather than escaped. */
export function identifier({ quote }: Dialect, name: string): string {
  if (!NAME.test(name)) throw wrong(`"${name.slice(0, 80)}" is not a name of a table or column.`);
  return `${quote}${name}${quote}`;
}
export const tableName = (dialect: Dialect, name: string): string => {
  const parts = name.split('.');
  if (parts.length > 2) throw wrong('A table is "name" or "schema.name".');
  return parts.map((part) => identifier(dialect, part)).join('.');
};

/** Parameters that one statement of either protocol takes. */
const MOST_PARAMETERS = 65_535;

/**
 * One INSERT of several rows. With `dedupe`, rows whose key is there are left alone, or, when they are to be put in its place (`isUpsert`),
 * get the new values.
 */
export function insertOf(dialect: Dialect, table: string, rows: readonly Readonly<Row>[], dedupe: string | undefined, isUpsert = false): Statement {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0) throw wrong('The rows have no columns.');
  if (columns.length * rows.length > MOST_PARAMETERS) throw wrong('A batch has too many values; make batchSize smaller.');
  const values: Json[] = [];
  const lines = rows.map(
    (row) => `(${columns.map((column) => (row[column] === undefined ? 'default' : dialect.place(values.push(row[column])))).join(', ')})`,
  );
  const named = (names: readonly string[]): string[] => names.map((name) => identifier(dialect, name));
  const changed = isUpsert ? columns.filter((name) => name !== dedupe) : [];
  const once = dedupe === undefined ? '' : dialect.conflict(identifier(dialect, dedupe), named(changed));
  return { text: `insert into ${tableName(dialect, table)} (${named(columns).join(', ')}) values ${lines.join(', ')}${once}`, values };
} // prettier-ignore

/** ` where …`; nothing where no column is named. */
const whereOf = (dialect: Dialect, match: Readonly<Row>, values: Json[]): string => {
  const wanted = Object.entries(match).map(([name, value]) => `${identifier(dialect, name)} ${value === null ? 'is null' : `= ${dialect.place(values.push(value))}`}`); // prettier-ignore
  return wanted.length === 0 ? '' : ` where ${wanted.join(' and ')}`;
};

/** Rows whose columns have these values. */
export function selectOf(dialect: Dialect, table: string, match: Readonly<Row>, limit: number): Statement {
  const values: Json[] = [];
  return { text: `select * from ${tableName(dialect, table)}${whereOf(dialect, match, values)} limit ${Math.trunc(limit)}`, values };
}

/** An UPDATE, or without `set` a DELETE, of rows whose columns have these values. Never of all rows: whoever means that says it in a statement. */
export function changeOf(dialect: Dialect, table: string, match: Readonly<Row>, set: Readonly<Row> | undefined): Statement {
  if (Object.keys(match).length === 0) throw wrong('Say which rows, by one column and its value at least.');
  if (set && Object.keys(set).length === 0) throw wrong('Say the new value of one column at least.');
  const values: Json[] = [];
  const news = set && Object.entries(set).map(([name, value]) => `${identifier(dialect, name)} = ${dialect.place(values.push(value))}`);
  const what = news ? `update ${tableName(dialect, table)} set ${news.join(', ')}` : `delete from ${tableName(dialect, table)}`;
  return { text: `${what}${whereOf(dialect, match, values)}`, values };
}
