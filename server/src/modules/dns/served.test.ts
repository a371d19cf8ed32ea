import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '#test/world.ts';
import { dnsCreateRecord, dnsServed } from './index.ts';
import { dnsWorld, type DnsWorld } from './testing.ts';

let one: DnsWorld;
let other: DnsWorld;
let ann: Person;
let bea: Person;
beforeAll(async () => {
  one = await dnsWorld();
  // Another process on the same database; it carries out nothing, and has people of its own.
  other = await dnsWorld({ databaseUrl: one.databaseUrl, tenants: one.tenants, works: false });
  ann = one.as({ name: 'ann' });
  bea = other.as({ name: 'bea' });
});
afterAll(async () => {
  await other?.close();
  await one?.close();
});

// A zone at its name server stands for a device's configuration: both are read outside, kept for an hour, and changed by Changes.
test('governance 88: Given a cached config and a Change on the device, when read on another instance after success, then the new data is served', async () => {
  const zone = await one.zone(ann, await one.embedded(ann), undefined, { records: [{ name: 'www', type: 'A', value: '192.0.2.1' }] });
  const names = ({ records }: { records: { name: string }[] }): string[] => records.map(({ name }) => name);
  const askedAt = async () => (await one.databases.lookUp((db) => db.$client.query(`select read_at::text as at from resource_cache where tag = 'dnsZone:${zone.id}'`))).rows; // prettier-ignore

  const first = await one.done(dnsServed, { id: zone.id }, ann);
  expect([names(first).includes(`www.${zone.name}`), first.stale, first.cut]).toEqual([true, false, false]);
  const asked = await askedAt();
  const again = await other.done(dnsServed, { id: zone.id }, bea);
  expect([again.serial, names(again)]).toEqual([first.serial, names(first)]);
  expect(await askedAt(), 'asked once for both').toEqual(asked);

  for (const n of [1, 2, 3]) {
    const change = await one.settled(await one.accepted(dnsCreateRecord, { id: zone.id, name: `new${n}`, type: 'A', value: '192.0.2.9' }, ann), ann);
    expect(change.state).toBe('succeeded');
    const after = await other.done(dnsServed, { id: zone.id }, bea);
    expect(names(after)).toContain(`new${n}.${zone.name}`);
    expect(names(await one.done(dnsServed, { id: zone.id }, ann))).toContain(`new${n}.${zone.name}`);
  }
});

test('who may not see the zone sees nothing of what is kept of it', async () => {
  const zone = await one.zone(ann, await one.embedded(ann, 'staging'));
  await one.done(dnsServed, { id: zone.id }, ann);
  expect((await one.refused(dnsServed, { id: zone.id }, one.as({ tenant: 'b' }))).slug).toBe('dns-zone-not-found');
  expect((await one.refused(dnsServed, { id: zone.id }, one.as({ permissions: ['clouds:read'] }))).slug).toBe('permission-denied');
  const elsewhere = one.as({ scope: { any: [{ type: 'dnsZone', environments: ['dev'] }] } });
  expect((await one.refused(dnsServed, { id: zone.id }, elsewhere)).slug).toBe('scope-denied');
});
