import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { expect, test } from 'vitest';
import { misplaced } from '../addresses.ts';
import { addressOfAsn } from './addressing.ts';
import { freeHost } from './pool.ts';

test('exchange 41: AS4200000001 and AS420000 get different addresses; AS64512 gives the documented example; sequence 10000 refused', () => {
  const of = (asn: number, sequence = 1): string => addressOfAsn('2001:db8:100::/64', asn, sequence);
  expect(of(64_512)).toBe('2001:db8:100:0:6:4512:0:1');
  expect([of(4_200_000_001), of(420_000)]).toEqual(['2001:db8:100:0:1042:0:1:1', '2001:db8:100:0:42::1']);
  expect(of(64_512, 9_999)).toBe('2001:db8:100:0:6:4512:0:9999');
  expect(() => of(64_512, 10_000)).toThrow(/all 9999 addresses/);
  expect(() => addressOfAsn('2001:db8::/56', 64_512, 1)).toThrow(/within a \/64/);
});

test('two nodes never get one address, and none lies where route servers and services are', () => {
  const node = fc.record({ asn: fc.integer({ min: 1, max: 4_294_967_294 }), sequence: fc.integer({ min: 1, max: 9_999 }) });
  const of = ({ asn, sequence }: { asn: number; sequence: number }): string => addressOfAsn('2001:db8:100::/64', asn, sequence);
  fc.assert(
    fc.property(node, node, (one, other) => {
      expect(of(one) === of(other)).toBe(one.asn === other.asn && one.sequence === other.sequence);
      expect(ipaddr.IPv6.parse(of(one)).parts.slice(4, 7)).not.toEqual([0, 0, 0]);
      expect(misplaced(of(one), '2001:db8:100::/64')).toBeUndefined();
    }),
  );
});

test('the next IPv4 host is the lowest that nobody has, on the LAN, and none of those kept; a prefix that is full has none', () => {
  fc.assert(
    fc.property(fc.integer({ min: 22, max: 32 }), fc.integer({ min: 0, max: 64 }), (bits, taken) => {
      const prefix = `192.0.0.0/${bits}`;
      const given = new Set<string>();
      for (let count = 0; count < taken; count += 1) {
        const next = freeHost(prefix, given);
        if (next === undefined) break;
        expect([given.has(next), misplaced(next, prefix)]).toEqual([false, undefined]);
        given.add(next);
      }
      expect(given.size).toBe(Math.min(taken, Math.max(0, 2 ** (32 - bits) - 12)));
      expect([...given][0]).toBe(given.size > 0 ? '192.0.0.11' : undefined);
    }),
  );
});
