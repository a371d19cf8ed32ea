import { expect, test } from 'vitest';
import { MemberExport, memberExport, numberOf } from './ixf.ts';
import type { Listed } from './ixf.ts';
import { listOf } from './lists.ts';

const at = new Date('2026-11-21T12:00:00Z');
const fabric = { id: '0197a1b2-0000-7000-8000-00003f2a9c01', slug: 'fra', name: 'Frankfurt', rsAsn: 64_500, ipv6Prefix: '2001:db8:100::/64', ipv4Prefix: '192.0.2.0/24', ixfId: 42, peeringdbIxId: null, createdAt: at }; // prettier-ignore
const on = (asn: number, state: 'active' | 'suspended', more: object = {}, last = 10) => ({
  fabric,
  participant: { asn, name: `Network ${asn}`, asSet: 'AS-X', maxPrefixesV4: 5, maxPrefixesV6: null, policyUrl: 'https://peer.example/', nameHidden: false, createdAt: at, ...more },
  connection: { state, addressV6: `2001:db8:100::${last}`, addressV4: `192.0.2.${last}`, createdAt: at },
}); // prettier-ignore
const servers = [{ fabricId: fabric.id, handle: 'rs1', addressV6: '2001:db8:100::1', addressV4: null, createdAt: at }];
const listed = (...connections: object[]) => ({ fabrics: [fabric], connections, servers }) as unknown as Listed;

test('exchange 79: IX-F export validates against schema 1.0, only `active` Ports, opt-out respected', () => {
  const made = memberExport(listed(on(20_001, 'active', {}, 11), on(20_001, 'active', {}, 12), on(20_002, 'suspended'), on(20_003, 'active', { nameHidden: true })), at); // prettier-ignore
  expect(MemberExport.parse(made)).toEqual(made);
  expect(made.ixp_list).toMatchObject([{ ixp_id: numberOf(fabric.id), ixf_id: 42, shortname: 'fra', vlan: [{ id: 1, ipv4: { prefix: '192.0.2.0', mask_length: 24 }, ipv6: { prefix: '2001:db8:100::', mask_length: 64 } }] }]); // prettier-ignore
  expect(made.member_list.map(({ asnum, member_type, name, connection_list }) => [asnum, member_type, name, connection_list.length])).toEqual([[64_500, 'ixp', 'Frankfurt', 1], [20_001, 'peering', 'Network 20001', 2], [20_003, 'peering', undefined, 1]]); // prettier-ignore
  const [exchange, first, hidden] = made.member_list;
  expect(first!.connection_list[0]!.vlan_list[0]).toEqual({ vlan_id: 1, ipv4: { address: '192.0.2.11', as_macro: 'AS-X', max_prefix: 5, routeserver: true }, ipv6: { address: '2001:db8:100::11', as_macro: 'AS-X', routeserver: true } }); // prettier-ignore
  expect(exchange!.connection_list[0]!.vlan_list[0]!.ipv6.services).toEqual([{ type: 'ixrouteserver', daemon: 'BIRD' }]);
  expect(JSON.stringify(hidden)).not.toMatch(/Network|peer\.example/);
});

test('the number of a fabric fits the 31 bits of a schema’s integers, and is never none', () => {
  expect([numberOf('0197a1b2-0000-7000-8000-0000ffffffff'), numberOf('0197a1b2-0000-7000-8000-000080000000')]).toEqual([2_147_483_647, 1]);
});

test('lists for filters hold who is active, by AS-SET or ASN, and the LANs; nothing of who keeps a name to themselves', () => {
  const other = {
    ...fabric,
    id: '0197a1b2-0000-7000-8000-00003f2a9c02',
    slug: 'ber',
    name: 'Bérlin',
    ipv6Prefix: '2001:db8:101::/64',
    ipv4Prefix: null,
  };
  const all = listed(on(20_003, 'active', { asSet: null, nameHidden: true }), on(20_001, 'active', { asSet: 'AS20001:AS-X' }, 11), on(20_001, 'active', { asSet: 'AS20001:AS-X' }, 12), on(20_002, 'suspended')); // prettier-ignore
  const both = { ...all, fabrics: [fabric, other] } as unknown as Listed;
  expect(listOf('asns', both)).toBe('AS20001\nAS20003\n');
  expect(listOf('prefixes', both)).toBe('2001:db8:100::/64\n192.0.2.0/24\n2001:db8:101::/64\n');
  expect(listOf('as-set', both)).toBe(
    [
      'as-set:         AS64500:AS-FRA',
      'descr:          Frankfurt',
      'members:        AS20001:AS-X',
      'members:        AS20003',
      '',
      'as-set:         AS64500:AS-BER',
      'descr:          B?rlin',
      '',
    ].join('\n'),
  );
});
