import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { compactNumber, dollars, dollarText, millionthsOf } from './dollars.ts';
import { setLanguage } from './i18n.ts';

afterEach(() => setLanguage('en'));

test('millionths of a dollar are cents as people read them, and smaller amounts are not shown as nothing', async () => {
  expect([dollars(0), dollars(12_500_000), dollars(-420), dollars(9_999), dollars(10_000)]).toEqual([
    '$0.00',
    '$12.50',
    '-$0.00042',
    '$0.009999',
    '$0.01',
  ]);
  await setLanguage('de');
  expect(dollars(1_234_560_000).replace(/\s/g, ' ')).toBe('1.234,56 $');
});

test('large numbers are short where there is little room', () => {
  expect([compactNumber(950), compactNumber(1_250), compactNumber(2_000_000)]).toEqual(['950', '1.3K', '2M']);
});

test('an amount is read with a point or a comma; what is none is told from nothing typed', () => {
  expect([millionthsOf(' 2,5 '), millionthsOf('0.000001'), millionthsOf(''), millionthsOf('1.2.3'), millionthsOf('-1'), millionthsOf('1e3')]).toEqual(
    [2_500_000, 1, undefined, null, null, null],
  );
});

test('what a field holds is read as the amount that it came from', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999_000_000 }), (amount) => {
      expect(millionthsOf(dollarText(amount))).toBe(amount);
    }),
  );
});

test('a missing amount is an empty field', () => {
  expect([dollarText(null), dollarText(undefined), dollarText(0)]).toEqual(['', '', '0']);
});
