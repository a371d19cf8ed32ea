import { expect, test } from 'vitest';
import { addressOfAsn } from './addressing.ts';

test('exchange 41: AS4200000001 and AS420000 get different addresses; AS64512 gives the documented example; sequence 10000 refused', () => {
  const of = (asn: number, sequence = 1): string => addressOfAsn('2001:db8:100::/64', asn, sequence);
  expect(of(64_512)).toBe('2001:db8:100:0:6:4512:0:1');
  expect([of(4_200_000_001), of(420_000)]).toEqual(['2001:db8:100:0:1042:0:1:1', '2001:db8:100:0:42::1']);
  expect(of(64_512, 9_999)).toBe('2001:db8:100:0:6:4512:0:9999');
  expect(() => of(64_512, 10_000)).toThrow(/all 9999 addresses/);
  expect(() => addressOfAsn('2001:db8::/56', 64_512, 1)).toThrow(/within a \/64/);
});
