import { expect, test } from 'vitest';
import { shownLines, textOf } from './log-rules.ts';
import type { LogLine } from './types.ts';

const line = (seq: number, more: Partial<LogLine>): LogLine => ({ seq, at: '2026-11-21T00:00:00Z', level: 'info', nodeId: null, iteration: null, message: '', data: null, ...more }); // prettier-ignore
const lines = [
  line(1, { level: 'debug', message: 'resolved', nodeId: 'a' }),
  line(2, { message: 'Fetched 3 rows', nodeId: 'a', data: { table: 'Orders' } }),
  line(3, { level: 'error', message: 'No route', nodeId: 'b', iteration: '2' }),
];
const seqs = (filter: Parameters<typeof shownLines>[1]): number[] => shownLines(lines, filter).map(({ seq }) => seq);

test('lines are found by least level, by node and by words in the message or what comes with it', () => {
  expect(seqs({ level: 'debug', nodeId: undefined, text: '' })).toEqual([1, 2, 3]);
  expect(seqs({ level: 'info', nodeId: undefined, text: '' })).toEqual([2, 3]);
  expect(seqs({ level: 'debug', nodeId: 'a', text: '' })).toEqual([1, 2]);
  expect(seqs({ level: 'debug', nodeId: undefined, text: ' ORDERS ' })).toEqual([2]);
});

test('as text each line says when, how grave, where and what', () => {
  expect(textOf(lines.slice(2), new Map([['b', 'ping']]))).toMatch(/^\d\d:\d\d:\d\d ERROR ping\[2\] No route$/);
});
