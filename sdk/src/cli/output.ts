import { type ProblemBody, slugOf } from './exit.ts';
import { cut, padded, plain, type Style } from './style.ts';

type Row = Record<string, unknown>;

const isRow = (value: unknown): value is Row => value !== null && typeof value === 'object' && !Array.isArray(value);
const isMoney = (value: Row): value is { amount: number; currency: string } =>
  typeof value['amount'] === 'number' && typeof value['currency'] === 'string';

/** Minor units with the currency's own number of decimals. */
export function money({ amount, currency }: { amount: number; currency: string }): string {
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return `${(amount / 10 ** digits).toFixed(digits)} ${currency}`;
}

/** A value in one line. */
export function inline(value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (typeof value === 'string') return plain(value).replaceAll('\n', ' ');
  if (Array.isArray(value)) return value.map(inline).join(', ') || '-';
  if (!isRow(value)) return JSON.stringify(value);
  if (isMoney(value)) return money(value);
  const named = value['name'] ?? value['number'] ?? value['slug'];
  return typeof named === 'string' ? plain(named) : Object.entries(value).map(([key, inner]) => `${plain(key)}=${inline(inner)}`).join(' ') || '-'; // prettier-ignore
}

const WIDEST = 48;
/** What people call a thing by. */
const NAMES = ['number', 'name', 'slug', 'key'];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Columns that say something, the name first and the id last; the ids of other things are for programs. */
function columnsOf(rows: readonly Row[]): string[] {
  const all = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const says = all.filter((name) => rows.some((row) => row[name] !== null && row[name] !== undefined && !isLong(row[name])));
  const foreign = (name: string): boolean => name.endsWith('Id') && rows.every((row) => row[name] === null || UUID.test(inline(row[name])));
  const first = NAMES.find((name) => says.includes(name));
  const rest = says.filter((name) => name !== first && name !== 'id' && !foreign(name));
  return [...(first ? [first] : []), ...rest, ...(says.includes('id') && first !== 'number' ? ['id'] : [])];
}

interface Column {
  title: string;
  cells: string[];
  width: number;
}

const columnOf = (name: string, rows: readonly Row[]): Column => {
  const title = plain(name).replace(/[A-Z]/g, ' $&').toUpperCase();
  const cells = rows.map((row) => cut(inline(row[name]), WIDEST));
  return { title, cells, width: Math.max(title.length, ...cells.map((cell) => cell.length)) };
};

/** As many columns as fit, the last one before all others: it is what a next command needs. */
function fitting(columns: readonly Column[], width: number): Column[] {
  const last = columns.at(-1)!;
  let left = width - last.width;
  const shown = columns.slice(0, -1).filter(({ width: own }) => {
    const fits = own + 2 <= left;
    if (fits) left -= own + 2;
    return fits;
  });
  return [...shown, last];
}

/** Rows as a table, as wide as the terminal. */
export function table(rows: readonly Row[], style: Style): string {
  const shown = fitting(columnsOf(rows).map((name) => columnOf(name, rows)), style.width); // prettier-ignore
  const line = (cells: readonly string[]): string => cells.map((cell, at) => padded(cell, shown[at]!.width)).join('  ').trimEnd(); // prettier-ignore
  return [style.quiet(line(shown.map(({ title }) => title))), ...rows.map((_row, at) => line(shown.map(({ cells }) => cells[at]!)))].join('\n');
}

const isLong = (value: unknown): boolean => isRow(value) && !isMoney(value) && Object.keys(value).length > 6;

/** One thing as lines of name and value; what is inside it is set in. */
export function record(value: Row, style: Style, indent = ''): string {
  const width = Math.max(0, ...Object.keys(value).map((key) => key.length));
  return Object.entries(value)
    .map(([key, inner]) => {
      const label = `${indent}${style.quiet(padded(plain(key), width))}  `;
      if (isRow(inner) && !isMoney(inner) && Object.keys(inner).length > 0) return `${label.trimEnd()}\n${record(inner, style, `${indent}  `)}`;
      if (Array.isArray(inner) && inner.some(isRow)) return `${label.trimEnd()}\n${inner.map((item) => `${indent}  - ${inline(item)}`).join('\n')}`;
      return label + inline(inner);
    })
    .join('\n');
}

/** What a read answered, for people. */
export function result(body: unknown, style: Style): string {
  if (!isRow(body)) return body === undefined ? 'Done.' : JSON.stringify(body, null, 2);
  const { items, nextCursor } = body as { items?: unknown; nextCursor?: string | null };
  if (!Array.isArray(items)) return Object.keys(body).length > 0 ? record(body, style) : 'Done.';
  if (items.length === 0) return style.quiet('Nothing there.');
  const text = items.every(isRow) ? table(items, style) : items.map(inline).join('\n');
  return nextCursor ? `${text}\n${style.quiet(`More: --cursor ${nextCursor}`)}` : text;
}

/** A refusal, with each field that is wrong and what helps when asking for help. */
export function problem(body: ProblemBody, style: Style): string {
  const lines = [`${style.bad(`✗ ${plain(body.title)}`)} ${style.quiet(`(${slugOf(body)}, ${body.status})`)}`];
  if (body.detail) lines.push(`  ${plain(body.detail)}`);
  for (const { pointer, message } of body.errors ?? []) lines.push(`  ${style.bold(plain(pointer) || '/')}  ${plain(message)}`);
  const trace = [body.decisionId && `decision ${body.decisionId}`, body.instance && `request ${body.instance}`].filter(Boolean).join(', ');
  if (trace) lines.push(style.quiet(`  ${plain(trace)}`));
  return lines.join('\n');
}
