import { expect, test } from 'vitest';
import { concerned } from './live.ts';

test('an event makes the lists of its resource old, and always the audit trail', () => {
  expect(concerned('server.created')).toEqual(['/audit/entries', '/servers']);
  expect(concerned('change.awaiting_approval')).toContain('/changes');
  expect(concerned('something.new')).toEqual(['/audit/entries']);
});
