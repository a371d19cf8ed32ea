import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Draining } from '#kernel/jobs.ts';
import { changesCancel, changesRollback } from '#modules/governance/index.ts';
import { crashPoint } from '#modules/governance/runner/work.ts';
import type { Person } from '#test/world.ts';
import { dig, hasDig } from './fixtures/knot.ts';
import { dnsCreateRecord, dnsGetZone } from './index.ts';
import type { Record, Zone } from './schemas.ts';
import { dnsWorld, type DnsWorld } from './testing.ts';

let world: DnsWorld;
let alice: Person;
let bob: Person;
let connection: string;
beforeAll(async () => {
  world = await dnsWorld();
  alice = world.as({ name: 'alice' });
  bob = world.as({ name: 'bob' });
  connection = await world.embedded(alice);
});
afterAll(() => world?.close());
afterEach(() => {
  crashPoint.at = () => undefined;
  expect(world.dnsFaults).toEqual([]);
});

const make = async (zone: Zone, input: object): Promise<Record> => {
  const change = await world.settled(await world.accepted(dnsCreateRecord, { id: zone.id, ...input }, alice), alice);
  if (change.state !== 'succeeded') throw new Error(JSON.stringify(change.problem));
  return change.outcome as Record;
};
describe.skipIf(!hasDig)('the job of a change of records', () => {
  test('what succeeded is rolled back set by set, but not over a later change', async () => {
    const zone = await world.zone(alice, connection);
    const first = await world.settled(
      await world.accepted(dnsCreateRecord, { id: zone.id, name: 'www', type: 'A', value: '192.0.2.1' }, alice),
      alice,
    );
    const second = await world.settled(
      await world.accepted(dnsCreateRecord, { id: zone.id, name: 'www', type: 'A', value: '192.0.2.2' }, alice),
      alice,
    );
    const early = await world.carriedOut(changesRollback, { id: first.id }, alice, world.as());
    expect(early).toMatchObject({ state: 'failed', problem: { type: expect.stringContaining('zone-drifted') } });
    for (const { id } of [second, first]) expect((await world.carriedOut(changesRollback, { id }, alice, world.as())).state).toBe('succeeded');
    expect(await dig(world.dnsPort, `www.${zone.name}`, 'A')).toEqual([]);
    expect(await world.done(dnsGetZone, { id: zone.id }, alice)).toMatchObject({ recordCount: 2, revision: 5, openChange: null, state: 'active' });
  });

  test('an approved Change whose sets have changed meanwhile is stale; one on other sets is not', async () => {
    const zone = await world.zone(alice, connection);
    const waiting = await world.accepted(dnsCreateRecord, { id: zone.id, name: '*', type: 'A', value: '192.0.2.1' }, alice);
    const aside = await world.accepted(dnsCreateRecord, { id: zone.id, name: '*.dev', type: 'A', value: '192.0.2.1' }, alice);
    const third = await world.accepted(dnsCreateRecord, { id: zone.id, name: '*', type: 'A', value: '192.0.2.7' }, alice);
    await world.approve(third, bob);
    expect((await world.settled(third, alice)).state).toBe('succeeded');
    await world.approve(waiting, bob);
    expect((await world.settled(waiting, alice)).state).toBe('stale');
    await world.approve(aside, bob);
    expect((await world.settled(aside, alice)).state).toBe('succeeded');
  });

  test('one Change at a time works on a zone, and the other hears which', async () => {
    const zone = await world.zone(alice, connection);
    let go = (): void => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    const send = crashPoint;
    let reached = (): void => undefined;
    const there = new Promise<void>((resolve) => (reached = resolve));
    send.at = (name) => {
      if (name === 'send:1:before-intent') {
        reached();
        throw new Draining('held for a moment'); // the job goes back to the queue and the zone stays held
      }
    };
    const first = await world.accepted(dnsCreateRecord, { id: zone.id, name: 'a', type: 'A', value: '192.0.2.1' }, alice);
    await there;
    const problem = await world.refused(dnsCreateRecord, { id: zone.id, name: 'b', type: 'A', value: '192.0.2.1' }, alice);
    expect([problem.slug, problem.kind.status, problem.extras['changeId']]).toEqual(['operation-in-progress', 409, first.id]);
    send.at = () => undefined;
    go();
    await held;
    expect((await world.settled(first, alice)).state).toBe('succeeded');
    await make(zone, { name: 'b', type: 'A', value: '192.0.2.1' });
  });

  test.each([
    'prepare:after-effect',
    'prepare:after-record',
    'send:1:after-intent',
    'send:1:after-effect',
    'send:1:after-record',
    'record:after-effect',
    'record:after-record',
  ])('after a crash at %s there is exactly one record and one version', async (point) => {
    const zone = await world.zone(alice, connection);
    let crashes = 0;
    crashPoint.at = (name) => {
      if (name === point && crashes++ === 0) throw new Draining('crash');
    };
    const change = await world.accepted(dnsCreateRecord, { id: zone.id, name: 'once', type: 'A', value: '192.0.2.1' }, alice);
    const ended = await world.settled(change, alice);
    expect([crashes > 0, ended.state]).toEqual([true, 'succeeded']);
    expect(await world.records(alice, zone.id, { name: 'once' })).toHaveLength(1);
    expect(await dig(world.dnsPort, `once.${zone.name}`, 'A')).toEqual(['192.0.2.1']);
    expect(await world.done(dnsGetZone, { id: zone.id }, alice)).toMatchObject({ revision: 2, state: 'active', openChange: null });
  });

  test.each(['send:1:after-effect', 'record:after-effect'])(
    'a Change that is cancelled behind %s is undone at the server and here',
    async (point) => {
      const zone = await world.zone(alice, connection);
      let crashes = 0;
      let reached = (): void => undefined;
      const there = new Promise<void>((resolve) => (reached = resolve));
      crashPoint.at = (name) => {
        if (name === point && crashes++ === 0) {
          reached();
          throw new Draining('crash');
        }
      };
      const change = await world.accepted(dnsCreateRecord, { id: zone.id, name: 'half', type: 'A', value: '192.0.2.1' }, alice);
      await there;
      await world.done(changesCancel, { id: change.id }, alice);
      const ended = await world.settled(change, alice);
      // Behind the last step there is nothing left to cancel.
      const undone = ended.state !== 'succeeded';
      expect(ended.state).toBe(point.startsWith('send') ? 'cancelled' : ended.state);
      expect(await dig(world.dnsPort, `half.${zone.name}`, 'A')).toEqual(undone ? [] : ['192.0.2.1']);
      expect(await world.records(alice, zone.id, { name: 'half' })).toHaveLength(undone ? 0 : 1);
      await expect.poll(async () => (await world.done(dnsGetZone, { id: zone.id }, alice)).openChange, { timeout: 60_000 }).toBeNull();
    },
  );

  test('a Change whose job is abandoned holds its zone no longer, and says what is not certain', async () => {
    const zone = await world.zone(alice, connection);
    crashPoint.at = (name) => {
      if (name === 'send:1:after-effect') throw new Error('a fault of ours');
      if (name.startsWith('undo:unsend:1')) throw new Error('and another');
    };
    const ended = await world.settled(
      await world.accepted(dnsCreateRecord, { id: zone.id, name: 'lost', type: 'A', value: '192.0.2.1' }, alice),
      alice,
    );
    expect(ended.state).toBe('rollback_failed');
    await expect.poll(async () => (await world.done(dnsGetZone, { id: zone.id }, alice)).openChange, { timeout: 60_000 }).toBeNull();
    expect(await world.done(dnsGetZone, { id: zone.id }, alice)).toMatchObject({
      state: 'error',
      stateReason: expect.stringContaining('not certain'),
    });
    world.faults.length = 0;
  });
});
