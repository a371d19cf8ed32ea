import { expect, test } from 'vitest';
import { csvCell, toCsv } from './csv.ts';

test('commas, quotes and line breaks are quoted (RFC 4180)', () => {
  expect(['a,b', 'say "x"', 'two\nlines', 'plain'].map(csvCell)).toEqual(['"a,b"', '"say ""x"""', '"two\nlines"', 'plain']);
});
test('a text that a spreadsheet would run as a formula is defused, a number is not touched', () => {
  expect(['=1+1', '+x', '-x', '@x', -5].map(csvCell)).toEqual(["'=1+1", "'+x", "'-x", "'@x", '-5']);
});
test('only columns with a text form are exported, under their headings', () => {
  const columns = [
    { id: 'name', header: 'Name', cell: () => null, csv: (row: { name: string }) => row.name },
    { id: 'actions', header: 'Actions', cell: () => null },
  ];
  expect(toCsv([{ name: 'web-1' }], columns)).toBe('Name\r\nweb-1\r\n');
});
