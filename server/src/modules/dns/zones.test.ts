import { afterAll, beforeAll, expect, test } from 'vitest';
import { dig } from './fixtures/knot.ts';
import { dnsCreateRecord } from './index.ts';
import { dnsWorld, type DnsWorld } from './testing.ts';
import type { Person } from '#test/world.ts';

let world: DnsWorld;
let alice: Person;
beforeAll(async () => {
  world = await dnsWorld();
  alice = world.as({ name: 'alice' });
});
afterAll(() => world?.close());

test('a zone on the embedded server is answered by dig', async () => {
  const connection = await world.embedded(alice);
  const zone = await world.zone(alice, connection, 'first.test');
  expect(zone).toMatchObject({ name: 'first.test', state: 'active', recordCount: 2, revision: 1, nameservers: ['ns1.first.test'], openChange: null });
  expect(await dig(world.dnsPort, 'first.test', 'NS')).toEqual(['ns1.first.test.']);
  const change = await world.settled(
    await world.accepted(dnsCreateRecord, { id: zone.id, name: 'www', type: 'A', value: '192.0.2.1' }, alice),
    alice,
  );
  expect(change).toMatchObject({ state: 'succeeded', outcome: { name: 'www.first.test', value: '192.0.2.1' } });
  expect(await dig(world.dnsPort, 'www.first.test', 'A')).toEqual(['192.0.2.1']);
  expect(world.faults).toEqual([]);
});
