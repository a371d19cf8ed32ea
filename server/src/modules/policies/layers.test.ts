import { expect, test } from 'vitest';
import { eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { localLive } from '#kernel/live.ts';
import { provide, providerOf } from '#kernel/port.ts';
import { LampPort, lampModule, lampServer, lampsBurn, lampsGet, lampsName } from '#test/lamps.ts';
import { ruling, setOf } from '#test/rules.ts';
import { createWorld, type Person } from '#test/world.ts';
import { seedBaseline } from './baseline.ts';
import { Policies, type Surroundings } from './providers/port.ts';
import { postgresCounters } from './providers/postgres-counters.ts';
import { createPolicies } from './runtime.ts';
import { policies, policiesDelete, policiesGet, policiesList } from './index.ts';
import { policySets, policyVersions } from './tables.ts';

const modules = [policies, lampModule];
const adapters = () => [provide(LampPort, lampServer())];

test('governance 65: Given a tenant set that allows what the platform set denies, when evaluated, then denied.', async () => {
  const installation = setOf('installation', ['id: never-dark\ntype: deny\nmatch: { resources: { ids: [dark] } }']);
  const world = await createWorld({ modules, adapters, platformPolicies: [{ file: 'installation.yaml', document: installation }] });
  const [alice, bob] = ['alice', 'bob'].map((name) => world.as({ name }));
  try {
    const own = setOf('own', ["id: dark-is-fine\ntype: allow-only\nmatch: { resources: { ids: [dark] } }\nwhen: 'true'"]);
    await ruling(world, alice!, bob!).enforce(own);
    const problem = await world.refused(lampsName, { name: 'dark' }, alice!);
    expect([problem.slug, problem.extras['policyId']]).toEqual(['policy-denied', 'installation/never-dark']);
    const stranger = world.as({ name: 'stranger', tenant: 'b' });
    expect((await world.refused(lampsName, { name: 'dark' }, stranger)).extras['policyId']).toBe('installation/never-dark');
  } finally {
    await world.close();
  }
});

test('with an error in a document of the installation no process starts', () => {
  const start = (document: string) =>
    createPolicies({
      catalogue: () => [], operation: () => undefined, platform: [{ file: 'wrong.yaml', document }], surroundings: {} as Surroundings, counters: postgresCounters,
      live: localLive(), now: () => new Date(), onError: () => undefined,
    }); // prettier-ignore
  expect(() => start('kind: PolicySet\n')).toThrow(/^SWITCHYARD_POLICIES: wrong\.yaml: line 1/);
  expect(() => start(setOf('fine', ['id: never\ntype: deny\nmatch: { operations: [x.y] }']))).not.toThrow();
});

test('what one process puts into force, the others hold to within a second, and calls under way end as they began', async () => {
  const first = await createWorld({ modules, adapters });
  const second = await createWorld({ modules, adapters, works: false, databaseUrl: first.databaseUrl, tenants: first.tenants });
  try {
    const [alice, bob] = ['alice', 'bob'].map((name) => first.as({ name }));
    const there = second.as({ name: 'there' });
    expect((await second.done(lampsName, { name: 'dark' }, there)).name).toBe('dark');
    await ruling(first, alice!, bob!).enforce(setOf('new', ['id: dark\ntype: deny\nmatch: { resources: { ids: [dark] } }']));
    const from = performance.now();
    let slug = '';
    while (slug !== 'policy-denied' && performance.now() - from < 10_000)
      slug = await second.call(lampsName, { name: 'dark' }, there).then(() => '', (problem: { slug: string }) => problem.slug); // prettier-ignore
    expect(slug).toBe('policy-denied');
  } finally {
    await second.close();
    await first.close();
  }
});

test('every tenant has the baseline, which nobody retires', async () => {
  const world = await createWorld({ modules, adapters });
  try {
    const [alice] = ['alice', 'bob'].map((name) => world.as({ name })) as [Person, Person];
    expect((await world.accepted(lampsBurn, { name: 'hall' }, alice)).state).toBe('awaiting_approval');
    expect((await world.accepted(lampsName, { name: 'hall', environment: 'prod' }, alice)).state).toBe('awaiting_approval');
    expect((await world.done(lampsName, { name: 'hall', environment: 'lab' }, alice)).name).toBe('hall');
    for (let times = 0; times < 2; times += 1) await world.databases.platform('test', (db) => seedBaseline(db, world.tenants.a, new Date()));
    const { items } = await world.done(policiesList, {}, alice);
    expect(items.map(({ name, activeVersion, isProtected }) => [name, activeVersion, isProtected])).toEqual([['baseline', 1, true]]);
    expect((await world.refused(policiesDelete, { id: items[0]!.id }, alice)).slug).toBe('policy-set-protected');
    expect((await world.accepted(lampsBurn, { name: 'hall' }, alice)).state).toBe('awaiting_approval');
  } finally {
    await world.close();
  }
});

test('what forbade something and can no longer be read forbids all writes, until somebody mends it', async () => {
  const world = await createWorld({ modules, adapters });
  try {
    const [alice, bob] = ['alice', 'bob'].map((name) => world.as({ name })) as [Person, Person];
    const rules = ruling(world, alice, bob);
    const fine = setOf('old', ['id: dark\ntype: deny\nmatch: { resources: { ids: [dark] } }']);
    const id = await rules.enforce(fine);
    const { tenantId } = alice.actor;
    await world.databases.tenant({ tenantId }, async (db) => {
      const row = { tenantId, id: newId(), setId: id, number: 2, document: 'kind: Something\n', hash: 'x', message: 'From another age', author: { kind: 'user', id: 'x', name: 'x' } };
      await db.insert(policyVersions).values(row);
      await db.update(policySets).set({ active: 2, version: 2 }).where(eq(policySets.id, id));
    }); // prettier-ignore
    providerOf(world.adapters)(Policies).changed();
    const problem = await world.refused(lampsName, { name: 'light' }, alice);
    expect([problem.slug, problem.extras['policyId']]).toEqual(['policy-denied', 'old']);
    expect((await world.done(lampsGet, { id: 'light' }, alice)).lit).toBe(false);
    expect((await world.done(policiesGet, { id }, alice)).active?.faults).not.toEqual([]);
    await rules.activate(id, await rules.saveNext(id, fine));
    expect((await world.done(lampsName, { name: 'light' }, alice)).name).toBe('light');
    expect((await world.refused(lampsName, { name: 'dark' }, alice)).extras['policyId']).toBe('old/dark');
    expect(world.faults.some((line) => line.includes('cannot be read'))).toBe(true);
  } finally {
    await world.close();
  }
});
