import { csvRow } from '#kernel/csv.ts';
import type { Column, Row } from '../kind.ts';
import type { Filters } from '../schemas.ts';

export type TextFormat = 'json' | 'csv' | 'ndjson';

/** What stands at the top of a report: nothing that differs between two of the same question. */
export interface Heading {
  kind: string;
  title: string;
  from: string;
  to: string;
  cutoff: string;
  filters: Filters;
}

const snake = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const json = (columns: readonly Column[], row: Row): string => JSON.stringify(Object.fromEntries(columns.map(({ key }) => [key, row[key] ?? null])));

interface Layout {
  head: (heading: Heading, columns: readonly Column[]) => string;
  row: (row: Row, columns: readonly Column[], first: boolean) => string;
  tail: string;
}
const layouts: Record<TextFormat, Layout> = {
  csv: {
    head: (_heading, columns) => csvRow(columns.map(({ key }) => snake(key))),
    row: (row, columns) => csvRow(columns.map(({ key }) => row[key])),
    tail: '',
  },
  json: {
    head: ({ kind, from, to, cutoff, filters }) => `{"report":${JSON.stringify({ kind, from, to, cutoff, filters })},"rows":[`,
    row: (row, columns, first) => `${first ? '' : ','}\n${json(columns, row)}`,
    tail: '\n]}\n',
  },
  ndjson: { head: () => '', row: (row, columns) => `${json(columns, row)}\n`, tail: '' },
};

/** A report as text, page by page. */
export async function* writeText(
  format: TextFormat,
  heading: Heading,
  columns: readonly Column[],
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<Buffer> {
  const { head, row, tail } = layouts[format];
  yield Buffer.from(head(heading, columns));
  let first = true;
  for await (const rows of pages) {
    yield Buffer.from(rows.map((one, at) => row(one, columns, first && at === 0)).join(''));
    first &&= rows.length === 0;
  }
  if (tail) yield Buffer.from(tail);
}
