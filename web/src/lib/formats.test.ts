import { afterEach, expect, test } from 'vitest';
import { absoluteTime, duration, listTime, megabytes, money, relativeTime, words } from './formats.ts';
import { readAs } from './reader.ts';

afterEach(() => readAs({ zone: '', dateFormat: 'locale' }));

test('money follows the decimals of its currency', () => {
  expect(money({ amount: 459, currency: 'EUR' })).toBe('€4.59');
  expect(money({ amount: 459, currency: 'JPY' })).toBe('¥459');
  expect(money({ amount: 340, currency: 'EUR' }, 'exceptZero')).toBe('+€3.40');
});

test('durations are said in the unit that fits', () => {
  expect([0.45, 3.21, 45, 245, 7_860, 100_000].map(duration)).toEqual(['450 ms', '3.2 s', '45 s', '4 min 05 s', '2 h 11 min', '1 d 3 h']);
});

test('relative times look back and ahead', () => {
  const now = Date.parse('2026-01-01T12:00:00Z');
  expect(relativeTime('2026-01-01T11:57:00Z', now)).toBe('3 minutes ago');
  expect(relativeTime('2026-01-01T14:00:00Z', now)).toBe('in 2 hours');
  expect(relativeTime('2026-01-01T12:00:00Z', now)).toBe('now');
});

test('codes become words', () => {
  expect([words('awaiting_approval'), words('cloudProviders'), words('dns.zones')]).toEqual(['Awaiting approval', 'Cloud providers', 'Dns zones']);
});

test('memory is said in gigabytes from one on', () => {
  expect([megabytes(512), megabytes(4096), megabytes(1536)]).toEqual(['512 MB', '4 GB', '1.5 GB']);
});

test('times of a list follow the form and the zone that the reader chose', () => {
  const now = Date.parse('2026-01-03T12:00:00Z');
  readAs({ zone: 'Asia/Tokyo', dateFormat: 'locale' });
  expect(listTime('2026-01-03T09:00:00Z', now)).toBe('3 hours ago');
  expect(listTime('2025-12-31T20:00:00Z', now)).toBe('Jan 1, 2026');
  readAs({ dateFormat: 'relative' });
  expect(listTime('2025-12-31T20:00:00Z', now)).toBe('2 days ago');
  readAs({ dateFormat: 'iso' });
  expect(listTime('2025-12-31T20:00:00Z', now)).toBe('2026-01-01 05:00');
  expect(absoluteTime('2025-12-31T20:00:00Z')).toBe('2026-01-01 05:00:00');
});

test('a zone that this browser does not know leaves the times in its own', () => {
  readAs({ zone: 'Atlantis/Capital' });
  expect(absoluteTime('2026-01-01T12:00:00Z')).toContain('2026');
});
