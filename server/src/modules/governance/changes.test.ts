import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sql } from '#kernel/drizzle.ts';
import { provide } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { auditList } from '#modules/audit/index.ts';
import { LampPort, lampModule, lampsBurn, lampsLight, lampsName, lampServer } from '#test/lamps.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import { changesApply, changesCancel, changesGet, changesList, changesLog, changesRollback, changesSubmit } from './index.ts';

const server = lampServer();
let clock = new Date();
let world: World;
let alice: Person;
let bob: Person;
beforeAll(async () => {
  world = await createWorld({ modules: [lampModule], adapters: () => [provide(LampPort, server)], now: () => clock });
  alice = world.as({ name: 'alice' });
  bob = world.as({ name: 'bob' });
});
afterAll(() => world.close());
beforeEach(() => {
  clock = new Date();
  server.fail = undefined;
  server.hold = undefined;
  server.calls.length = 0;
});

test('a job is queued at once, carried out in steps, verified, and its log tells the story in order', async () => {
  const change = await world.accepted(lampsLight, { name: 'hall' }, alice);
  const ended = await world.settled(change, alice);
  expect(ended).toMatchObject({
    state: 'succeeded',
    outcome: { name: 'hall', lit: true },
    progress: 100,
    job: {
      attempt: 1,
      steps: [
        { key: 'check', status: 'done' },
        { key: 'light', status: 'done' },
      ],
    },
  });
  const { items } = await world.done(changesLog, { id: ended.number }, alice);
  expect(items.filter(({ event }) => event === 'state').map(({ data }) => data['state'])).toEqual(['running', 'verifying', 'succeeded']);
  const trail = await world.done(auditList, { changeId: ended.id }, alice);
  expect(trail.items.map(({ surface, result }) => `${surface} ${result}`)).toEqual(['job success', 'rest pending']);
});

test('an approval by someone else carries the Change out, and both identities stand in the trail', async () => {
  const change = await world.accepted(lampsBurn, { name: 'old' }, alice);
  expect((await world.done(changesList, { waitingForMe: true }, bob)).items.map(({ id }) => id)).toContain(change.id);
  expect((await world.done(changesList, { waitingForMe: true }, alice)).items.map(({ id }) => id)).not.toContain(change.id);
  await world.approve(change, bob);
  const ended = await world.settled(change, alice);
  expect(ended).toMatchObject({
    state: 'succeeded',
    requester: { name: 'alice' },
    approval: { status: 'approved', given: 1, decisions: [{ by: { name: 'bob' }, verdict: 'approved' }] },
  });
  expect(server.calls).toEqual(['burn old']);
});

test('what is secret in input and output is neither stored nor shown', async () => {
  const change = await world.accepted(lampsBurn, { name: 'safe', pin: 'pin-canary' }, alice);
  await world.approve(change, bob);
  const ended = await world.settled(change, alice);
  expect(JSON.stringify(ended)).not.toMatch(/pin-canary|receipt-canary/);
  for (const table of ['changes', 'audit_entries', 'events', 'change_log', 'idempotency_keys']) {
    const { rows } = await world.databases.tenant({ tenantId: world.tenants.a }, (db) => db.execute(sql.raw(`select t::text from ${table} t`)));
    expect(JSON.stringify(rows)).not.toMatch(/pin-canary|receipt-canary/);
  }
});

test('governance 40: Given the plan changed after approval, when applied, then `stale` and approvals are void.', async () => {
  const change = await world.accepted(lampsLight, { name: 'prod-lamp', environment: 'prod' }, alice);
  server.lamps.set('prod-lamp', { lit: false, by: 'a stranger' });
  await world.approve(change, bob);
  const ended = await world.settled(change, alice);
  expect(ended).toMatchObject({ state: 'stale', problem: { type: expect.stringContaining('plan-superseded') }, approval: { status: 'superseded' } });
  expect(server.calls).toEqual([]);
  expect((await world.refused(changesApply, { id: change.id }, alice)).slug).toBe('invalid-transition');
});

test('two approvers at once: both are heard, and the Change runs once', async () => {
  const carol = world.as({ name: 'carol' });
  const change = await world.accepted(lampsBurn, { name: 'race' }, alice);
  const both = await Promise.allSettled([world.approve(change, bob), world.approve(change, carol)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await world.settled(change, alice);
  expect(server.calls).toEqual(['burn race']);
});

test('the right to do it is asked for again when it is done', async () => {
  const gone = world.as({ name: 'gone' });
  const change = await world.accepted(lampsBurn, { name: 'left' }, gone);
  world.forget(gone);
  await world.approve(change, bob);
  expect(await world.settled(change, bob)).toMatchObject({ state: 'failed', problem: { type: expect.stringContaining('unauthenticated') } });
  expect(server.calls).toEqual([]);
});

test('a failing job undoes what it did and says why', async () => {
  server.fail = new Problem('invalid-transition', 'The bulb is broken.');
  const change = await world.accepted(lampsLight, { name: 'broken' }, alice);
  const ended = await world.settled(change, alice);
  expect(ended).toMatchObject({ state: 'rolled_back', problem: { detail: 'The bulb is broken.' } });
  expect(ended.job?.steps.map(({ key, status }) => `${key} ${status}`)).toEqual(['check done', 'light failed', 'undo:darken done']);
});

test('an outage that passes is waited out: the job is tried again and the completed steps are not repeated', async () => {
  server.fail = new Problem('dependency-unavailable', 'Away for a moment.');
  const change = await world.accepted(lampsLight, { name: 'patient' }, alice);
  await world.settled(change, alice, { states: ['running'] });
  await new Promise((resolve) => setTimeout(resolve, 300));
  server.fail = undefined;
  expect(await world.settled(change, alice)).toMatchObject({ state: 'succeeded' });
  expect(server.calls).toEqual(['patient']);
});

test('a running Change is cancelled at its next step and undone', async () => {
  let release = (): void => undefined;
  server.hold = new Promise<void>((resolve) => (release = resolve));
  const change = await world.accepted(lampsLight, { name: 'held' }, alice);
  await expect.poll(async () => (await world.done(changesGet, { id: change.id }, alice)).job?.steps.length).toBe(2);
  expect((await world.done(changesCancel, { id: change.id }, alice)).actions.cancel).toEqual({ allowed: false, reason: 'cancelling has begun' });
  release();
  expect(await world.settled(change, alice)).toMatchObject({ state: 'cancelled', problem: { detail: 'It was cancelled by alice.' } });
  expect(server.lamps.has('held')).toBe(false);
});

test('a waiting Change is cancelled at once; the Change of another needs changes:cancel', async () => {
  const change = await world.accepted(lampsBurn, { name: 'never' }, alice);
  const dave = world.as({ permissions: ['changes:read'] });
  expect((await world.refused(changesCancel, { id: change.id }, dave)).slug).toBe('permission-denied');
  expect((await world.done(changesCancel, { id: change.id }, alice)).state).toBe('cancelled');
  expect((await world.refused(changesCancel, { id: change.id }, alice)).slug).toBe('invalid-transition');
});

test('a draft waits until it is submitted', async () => {
  const change = await world.accepted(lampsName, { name: 'draft' }, alice, { draft: true });
  expect(change.state).toBe('planned');
  expect((await world.refused(changesSubmit, { id: change.id }, bob)).slug).toBe('permission-denied');
  await world.done(changesSubmit, { id: change.id }, alice);
  expect((await world.settled(change, alice)).state).toBe('succeeded');
  expect(server.calls).toEqual(['name draft']);
});

test('what succeeded can be rolled back, as a Change of its own, once', async () => {
  const change = await world.accepted(lampsLight, { name: 'undo-me' }, alice);
  await world.settled(change, alice);
  const back = await world.accepted(changesRollback, { id: change.number }, alice);
  expect(await world.settled(back, alice)).toMatchObject({ state: 'succeeded', rollbackOf: change.id, outcome: { rolledBack: change.number } });
  expect(server.lamps.has('undo-me')).toBe(false);
  expect(await world.done(changesGet, { id: change.id }, alice)).toMatchObject({ rolledBackBy: back.id, actions: { rollback: { allowed: false } } });
  expect((await world.refused(changesRollback, { id: change.id }, alice)).slug).toBe('rollback-impossible');
});

test('every state that waits has a deadline', async () => {
  for (const options of [{ draft: true }, {}]) {
    const change = await world.accepted(lampsBurn, { name: 'waits' }, alice, options);
    expect((await world.done(changesGet, { id: change.id }, alice)).deadlineAt).not.toBeNull();
  }
});

test('background work logged no fault that was not meant', () => {
  expect(world.faults.filter((fault) => !/Away for a moment|bulb/.test(fault))).toEqual([]);
});
