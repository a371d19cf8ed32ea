import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asnFault, fabricRefusal, isOver, OPEN, rightFor, whyWaits, type AsnRight } from './rules.ts';

const ID = '0197a1b2-0000-7000-8000-0000003f2a9c';
const fabric = (access: 'open' | 'restricted' | 'closed') => ({ id: ID, access, networkId: '8056c2e21c00a001' });

test('an empty list of grants never means everything; what is named is reached by id, network or its end, and nothing else', () => {
  const [pdb, local] = [{ source: 'peeringdb' as const }, { source: 'local' as const }];
  expect([fabricRefusal(fabric('open'), [], local), fabricRefusal(fabric('open'), [], pdb), fabricRefusal(fabric('restricted'), [], pdb)]).toEqual(['fabric-not-authorized', undefined, 'fabric-not-authorized']); // prettier-ignore
  for (const grant of ['*', ID, '8056c2e21c00a001', '00a001'])
    for (const right of [pdb, local]) expect([grant, fabricRefusal(fabric('restricted'), [grant], right)]).toEqual([grant, undefined]);
  expect(fabricRefusal({ ...fabric('open'), networkId: null }, ['00a001'], pdb)).toBe('fabric-not-authorized');
  fc.assert(
    fc.property(fc.constantFrom(pdb, local), fc.array(fc.constantFrom('*', ID, '00a001')), (right, grants) => {
      expect(fabricRefusal(fabric('closed'), grants, right)).toBe('fabric-closed');
    }),
  );
});

test('numbers that are reserved or for documentation never join; private ones where that is allowed', () => {
  for (const asn of [0, 23_456, 64_496, 64_511, 65_535, 65_536, 65_551, 4_294_967_295])
    expect([asn, asnFault(asn, true) !== undefined]).toEqual([asn, true]);
  for (const asn of [64_512, 65_534, 4_200_000_000, 4_294_967_294])
    expect([asn, asnFault(asn, false) !== undefined, asnFault(asn, true)]).toEqual([asn, true, undefined]);
  for (const asn of [1, 64_495, 65_552, 4_199_999_999]) expect([asn, asnFault(asn, false)]).toEqual([asn, undefined]);
});

test('a right that is revoked is none, one that grew old says so, and PeeringDB’s word goes before an operator’s', () => {
  const right = (source: AsnRight['source'], state: AsnRight['state']): AsnRight => ({ asn: 1, source, state, name: null, verifiedAt: new Date() });
  expect(rightFor([], 1)).toBe('asn-not-authorized');
  expect(rightFor([right('peeringdb', 'revoked')], 1)).toBe('asn-not-authorized');
  expect(rightFor([right('peeringdb', 'stale')], 1)).toBe('asn-right-stale');
  expect(rightFor([right('peeringdb', 'live')], 2)).toBe('asn-not-authorized');
  expect(rightFor([right('peeringdb', 'stale'), right('local', 'live')], 1)).toMatchObject({ source: 'local' });
  expect(rightFor([right('local', 'live'), right('peeringdb', 'live')], 1)).toMatchObject({ source: 'peeringdb' });
});

test('what is over holds no node', () => {
  expect(OPEN).toEqual(['pending', 'approved', 'provisioning', 'active', 'failed', 'suspended', 'leaving']);
  for (const status of OPEN) expect(isOver(status)).toBe(false);
});

test('the rule agrees to a live right by PeeringDB on an open fabric, for a network with fewer than two other ports, and to nothing else', () => {
  const right = (source: AsnRight['source']): AsnRight => ({ asn: 1, source, state: 'live', name: null, verifiedAt: new Date() });
  const facts = { right: right('peeringdb'), access: 'open', others: 1 } as const;
  expect(whyWaits(facts)).toBeUndefined();
  expect(whyWaits({ ...facts, right: 'asn-right-stale' })).toBe('right');
  expect(whyWaits({ ...facts, right: 'asn-not-authorized' })).toBe('right');
  expect(whyWaits({ ...facts, right: right('local') })).toBe('right');
  for (const access of ['restricted', 'closed'] as const) expect(whyWaits({ ...facts, access })).toBe('access');
  expect([whyWaits({ ...facts, others: 2 }), whyWaits({ ...facts, others: 0 })]).toEqual(['ports', undefined]);
});
