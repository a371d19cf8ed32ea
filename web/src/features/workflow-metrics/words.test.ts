import { expect, test } from 'vitest';
import { metricsSearch } from './search.ts';
import { figure, labelsText, tick } from './words.tsx';

test('figures are said with their unit, small ones by their first digits and large ones short beside an axis', () => {
  expect([figure(20, 'ms'), figure(12.5, null), figure(0.000_412_34, 's'), figure(0, 'ms'), figure(1_234_567, null)]).toEqual(['20 ms', '12.5', '0.0004123 s', '0 ms', '1,234,567']);
  expect([tick(9_999), tick(0.25), tick(-250_000)]).toEqual(['9,999', '0.25', '-250K']);
  expect(labelsText({ labels: { host: 'a', site: 'fra' } })).toBe('host=a site=fra');
}); // prettier-ignore

test('of the address only what the page knows is taken', () => {
  expect(metricsSearch({ q: 12, open: 'x', range: 'week', more: 1 })).toEqual({ q: '12', open: 'x', range: 'week' });
  expect(metricsSearch({ q: ' ', range: 'year' })).toEqual({});
});
