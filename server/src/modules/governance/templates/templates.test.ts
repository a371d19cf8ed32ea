import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { provide } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { policies } from '#modules/policies/index.ts';
import { LampPort, lampModule, lampsBurn, lampsLight, lampServer } from '#test/lamps.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import {
  changesRollback,
  changeTemplatesCreate,
  changeTemplatesGet,
  changeTemplatesList,
  changeTemplatesRetire,
  changeTemplatesSuspend,
  changeTemplatesUpdate,
} from '../index.ts';
import { templateBelongings } from './belongings.ts';
import { coversAll, isCoverable, isSpent, mayBeTemplated, TEMPLATE, type Run } from './rules.ts';

const server = lampServer();
let clock = new Date();
let world: World;
let [ann, ben, cat]: Person[] = [];
beforeAll(async () => {
  world = await createWorld({ modules: [policies, lampModule], adapters: () => [provide(LampPort, server)], now: () => clock });
  [ann, ben, cat] = ['ann', 'ben', 'cat'].map((name) => world.as({ name }));
});
afterAll(() => world.close());
beforeEach(() => {
  clock = new Date();
  server.fail = undefined;
  server.calls.length = 0;
});

// One test's templates must not agree to what another asks for.
afterEach(async () => {
  for (const { id, status } of (await world.done(changeTemplatesList, {}, ann!)).items) if (status !== 'retired') await retire(id);
});

const inDays = (days: number): string => new Date(clock.getTime() + days * 86_400_000).toISOString();
let count = 0;
const fields = (more: object = {}) => ({ name: `template ${(count += 1)}`, operation: 'lamps.light', scope: { any: [{ environments: ['prod'] }] }, maxRuns: 50, validUntil: inDays(30), ...more }); // prettier-ignore
/** A template that two people have agreed to. */
async function agreedTo(more: object = {}): Promise<string> {
  const change = await world.accepted(changeTemplatesCreate, fields(more), ann!);
  for (const approver of [ben!, cat!]) await world.approve(change, approver);
  const ended = await world.settled(change, ann!);
  expect([ended.state, ended.problem]).toEqual(['succeeded', null]);
  clock = new Date(clock.getTime() + 1_000);
  return (ended.outcome as { id: string }).id;
}
const light = (name: string, more: object = {}) => world.accepted(lampsLight, { name, environment: 'prod', ...more }, ann!);
const retire = (id: string) => world.done(changeTemplatesRetire, { id }, ann!);
/** A run that fails and is undone. */
async function failing(name: string): Promise<void> {
  server.fail = new Problem('invalid-transition', 'The bulb is broken.');
  expect((await world.settled(await light(name), ann!)).state).toBe('rolled_back');
  server.fail = undefined;
}

test('governance 46: Given a pre-approved template failed twice, when matched again, then normal approval is asked.', async () => {
  const id = await agreedTo();
  const first = await light('one');
  expect(first.state).toBe('approved');
  const ended = await world.settled(first, ann!);
  expect(ended).toMatchObject({ state: 'succeeded', autoApproved: true, template: { id }, approval: null });
  expect(server.calls).toEqual(['one']);
  await failing('two');
  const third = await light('three');
  expect(third.state).toBe('approved');
  await world.settled(third, ann!);
  await failing('four');
  const again = await light('five');
  expect(again.state).toBe('awaiting_approval');
  expect(await world.done(changeTemplatesGet, { id }, ann!)).toMatchObject({ status: 'suspended', suspendedReason: '2 of its last 20 runs failed or were rolled back.', runs: { failed: 2 } }); // prettier-ignore
  const { items } = await world.done(changeTemplatesList, { status: 'suspended' }, ann!);
  expect(items.map((one) => one.id)).toContain(id);

  clock = new Date(clock.getTime() + 1_000);
  // Agreed to anew, it holds again, and what went wrong before no longer counts.
  const change = await world.accepted(changeTemplatesUpdate, { id, maxRuns: 40 }, ann!);
  for (const approver of [ben!, cat!]) await world.approve(change, approver);
  await world.settled(change, ann!);
  expect(await world.done(changeTemplatesGet, { id }, ann!)).toMatchObject({ status: 'active', maxRuns: 40, suspendedReason: null, runs: { total: 0, failed: 0 } }); // prettier-ignore
  clock = new Date(clock.getTime() + 1_000);
  expect((await light('six')).state).toBe('approved');
  await retire(id);
  expect((await light('seven')).state).toBe('awaiting_approval');
});

test('a template takes two people, neither of them the one who asks', async () => {
  const change = await world.accepted(changeTemplatesCreate, fields(), ann!);
  await expect(world.approve(change, ann!)).rejects.toMatchObject({ slug: 'self-approval-forbidden' });
  await world.approve(change, ben!);
  expect((await world.settled(change, ann!, { states: ['awaiting_approval'] })).approval).toMatchObject({ count: 2, given: 1 });
  expect((await light('early')).state).toBe('awaiting_approval');
});

test('what does not fit is agreed to as always: other targets, another input, outside the window, or once too often', async () => {
  const id = await agreedTo({ when: 'input.name.startsWith("hall")', maxRuns: 2, maxRunsHours: 1 });
  expect((await light('door')).state).toBe('awaiting_approval');
  expect((await world.accepted(lampsBurn, { name: 'hall', environment: 'prod' }, ann!)).state).toBe('awaiting_approval');
  expect((await light('hall-1')).state).toBe('approved');
  const both = await Promise.all([light('hall-2'), light('hall-3')]);
  expect(both.map(({ state }) => state).sort()).toEqual(['approved', 'awaiting_approval']);
  clock = new Date(clock.getTime() + 3_600_001);
  expect((await light('hall-4')).state).toBe('approved');
  await retire(id);

  const day = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][clock.getUTCDay()]!;
  const others = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'].filter((one) => one !== day);
  const closed = await agreedTo({ window: { timezone: 'UTC', windows: [{ days: others.slice(0, 1), from: '01:00', to: '01:01' }] } });
  expect((await light('shut')).state).toBe('awaiting_approval');
  await retire(closed);
  const open = await agreedTo({ window: { timezone: 'UTC', windows: [{ days: [...others, day], from: '00:00', to: '00:00' }] } });
  expect((await light('open')).state).toBe('approved');
  clock = new Date(clock.getTime() + 31 * 86_400_000);
  expect((await light('late')).state).toBe('awaiting_approval');
  expect(await world.done(changeTemplatesGet, { id: open }, ann!)).toMatchObject({ status: 'expired' });
});

test('a draft, a dry run and an expression that cannot be told agree to nothing', async () => {
  const id = await agreedTo({ when: 'resources[3].name == "x"' });
  expect((await light('untold')).state).toBe('awaiting_approval');
  await retire(id);
  const plain = await agreedTo();
  const draft = await world.accepted(lampsLight, { name: 'draft', environment: 'prod' }, ann!, { draft: true });
  expect(draft.state).toBe('planned');
  const planned = await world.call(lampsLight, { name: 'dry', environment: 'prod' }, ann!, { dryRun: true });
  expect(planned).toMatchObject({ status: 'planned' });
  expect((await world.done(changeTemplatesGet, { id: plain }, ann!)).runs.total).toBe(0);
  await world.done(changeTemplatesSuspend, { id: plain, reason: 'Not while we move.' }, ben!);
  expect((await light('suspended')).state).toBe('awaiting_approval');
  expect(await world.refused(changeTemplatesSuspend, { id: plain, reason: 'Not while we move.' }, ben!)).toMatchObject({
    slug: 'invalid-transition',
  });
});

test('a run that is rolled back by hand weighs as much as one that failed', async () => {
  const id = await agreedTo();
  for (const name of ['r1', 'r2']) {
    const run = await world.settled(await light(name), ann!);
    expect(run.state).toBe('succeeded');
    await world.carriedOut(changesRollback, { id: run.id }, ann!, ben!);
  }
  expect((await light('r3')).state).toBe('awaiting_approval');
  expect((await world.done(changeTemplatesGet, { id }, ann!)).status).toBe('suspended');
  const { rows } = await world.databases.tenant({ tenantId: world.tenants.a }, (db) => db.execute(`select data from events where type = 'changeTemplate.suspended' and data->>'templateId' = '${id}'`)); // prettier-ignore
  expect(rows).toHaveLength(1);
});

test('what cannot be agreed to once for all is refused, and says where', async () => {
  const refused = async (more: object) => {
    const { slug, extras } = await world.refused(changeTemplatesCreate, fields(more), ann!);
    return `${slug} ${extras.errors?.[0]?.pointer ?? ''}`;
  };
  expect(await refused({ operation: 'lamps.get' })).toBe('template-invalid /operation');
  expect(await refused({ operation: 'changeTemplates.create' })).toBe('template-invalid /operation');
  expect(await refused({ operation: 'policies.versions.activate' })).toBe('template-invalid /operation');
  expect(await refused({ validUntil: inDays(181) })).toBe('template-invalid /validUntil');
  expect(await refused({ validUntil: inDays(-1) })).toBe('template-invalid /validUntil');
  expect(await refused({ when: 'input.nmae == "x"' })).toBe('template-invalid /when');
  expect(await refused({ when: 'input.name ==' })).toBe('template-invalid /when');
  expect(await refused({ window: { timezone: 'Mars/Base', windows: [{ days: ['mon'], from: '08:00', to: '10:00' }] } })).toBe('template-invalid /window'); // prettier-ignore
  const taken = fields();
  await agreedTo(taken);
  expect(await refused({ name: taken.name.toUpperCase() })).toBe('template-invalid /name');
});

test('what no emergency skips, and what the installation asks for, no template stands for', () => {
  const one = { rule: 'r', text: 't', need: { who: 'scopeApprovers' as const, count: 1 } };
  expect(isCoverable([one])).toBe(true);
  expect(isCoverable([])).toBe(false);
  expect(isCoverable([one, { ...one, breakGlass: 'never' }])).toBe(false);
  expect(isCoverable([one, { ...one, installation: true }])).toBe(false);
  expect(['servers.create', 'policies.delete', 'grants.create'].map(mayBeTemplated)).toEqual([true, false, false]);
  expect(coversAll({ any: [] }, [])).toBe(false);
  expect(coversAll({ all: true }, [])).toBe(true);
});

test('two bad runs among the last twenty take the right away, whatever their order; older ones never do', () => {
  const run = fc.record<Run>({ state: fc.constantFrom('succeeded', 'failed', 'rolled_back', 'rollback_failed'), rolledBackBy: fc.option(fc.constant('x'), { nil: null, freq: 5 }) }); // prettier-ignore
  fc.assert(
    fc.property(fc.array(run, { maxLength: 40 }), (runs) => {
      const recent = runs.slice(0, TEMPLATE.ofRuns);
      const bad = recent.filter(({ state, rolledBackBy }) => state !== 'succeeded' || rolledBackBy !== null).length;
      return isSpent(runs) === bad >= 2 && isSpent(recent.toReversed()) === isSpent(runs);
    }),
  );
});

test('a person without the right sees templates and makes none', async () => {
  const reader = world.as({ permissions: ['*:read'] });
  await agreedTo();
  expect((await world.done(changeTemplatesList, {}, reader)).items.length).toBeGreaterThan(0);
  expect(await world.refused(changeTemplatesCreate, fields(), reader)).toMatchObject({ slug: 'permission-denied' });
  const other = world.as({ tenant: 'b' });
  expect((await world.done(changeTemplatesList, {}, other)).items).toEqual([]);
  const [mine] = (await world.done(changeTemplatesList, {}, ann!)).items;
  expect(await world.refused(changeTemplatesGet, { id: mine!.id }, other)).toMatchObject({ slug: 'template-not-found' });
});

test('who leaves hands their templates over, and is told beforehand which they are', async () => {
  const id = await agreedTo({ name: 'Lamps of the hall' });
  const belongings = templateBelongings(async () => new Map([[ben!.actor.id, { name: 'Ben' }]]));
  const tenantId = ann!.actor.tenantId;
  const inTenant = <T>(work: Parameters<World['databases']['tenant']>[1]) => world.databases.tenant({ tenantId }, work) as Promise<T>;
  expect(await inTenant<string[]>((db) => belongings.of(db, tenantId, ann!.actor.id))).toEqual(['the change template "Lamps of the hall"']);
  await inTenant<void>((db) => belongings.hand(db, tenantId, ann!.actor.id, ben!.actor.id));
  expect(await world.done(changeTemplatesGet, { id }, ben!)).toMatchObject({ owner: { id: ben!.actor.id, name: 'Ben' } });
  expect(await inTenant<string[]>((db) => belongings.of(db, tenantId, ann!.actor.id))).toEqual([]);
});
