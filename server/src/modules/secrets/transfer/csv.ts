import Papa from 'papaparse';
import { plainText, withoutTwins, type Parsed } from './entries.ts';

interface Row {
  line: number;
  cells: string[];
  broken: boolean;
}

/** Rows with the line on which each begins: a value in quotes may go over several. */
function rowsOf(text: string): Row[] {
  const rows: Row[] = [];
  let [at, line] = [0, 1];
  Papa.parse<string[]>(text, {
    delimiter: ',',
    newline: '\n',
    step({ data, errors, meta: { cursor } }) {
      rows.push({ line, cells: data, broken: errors.length > 0 });
      line += text.slice(at, cursor).split('\n').length - 1;
      at = cursor;
    },
  });
  return rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
}

function take({ line, cells, broken }: Row, nameAt: number, valueAt: number, { entries, bad }: Parsed): void {
  const [name, value] = [cells[nameAt]?.trim() ?? '', cells[valueAt]];
  if (broken) bad.push({ line, name: null, reason: 'the quotes are not as CSV has them' });
  else if (name === '' || value === undefined) bad.push({ line, name: name || null, reason: 'has no name or no value' });
  else entries.push({ line, name, value });
}

/** Reads rows of `name,value` (RFC 4180); the first says which column is which, and others are left alone. */
export function parseCsv(raw: string): Parsed {
  const [head, ...rows] = rowsOf(plainText(raw));
  const columns = (head?.cells ?? []).map((cell) => cell.trim().toLowerCase());
  const [nameAt, valueAt] = [columns.indexOf('name'), columns.indexOf('value')];
  if (nameAt === -1 || valueAt === -1)
    return { entries: [], bad: [{ line: head?.line ?? 1, name: null, reason: 'the first row must name the columns “name” and “value”' }] };
  const found: Parsed = { entries: [], bad: [] };
  for (const row of rows) take(row, nameAt, valueAt, found);
  return withoutTwins(found);
}
