import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Requirement } from '#kernel/gate-steps.ts';
import { provide } from '#kernel/port.ts';
import { anybody, asked, expire, requestOf, tick, told, trailOf } from '#test/approvals.ts';
import { LampPort, lampModule, lampServer, lampsBurn } from '#test/lamps.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import { approvalsApprove, approvalsEscalate, approvalsList, changesGet } from '../index.ts';

const server = lampServer();
const HOUR = 3_600_000;
let clock = new Date();
const now = (): Date => clock;
let world: World;
let [alice, bob, carol, dave]: Person[] = [];
const pass = (hours: number): Date => (clock = new Date(clock.getTime() + hours * HOUR));
const burn = (name: string, requirements: readonly Requirement[]) => asked(world, lampsBurn, { name }, alice!, requirements);
const statusOf = async (change: { id: string }): Promise<string> => (await requestOf(world, change, alice!)).status;

beforeAll(async () => {
  world = await createWorld({ modules: [lampModule], adapters: () => [provide(LampPort, server)], now, works: false });
  [alice, bob, carol, dave] = ['alice', 'bob', 'carol', 'dave'].map((name) => world.as({ name }));
  world.team('board', [bob!, carol!]);
  world.team('peers', [dave!]);
});
afterAll(() => world.close());
beforeEach(() => {
  clock = new Date();
});

describe('the clock', () => {
  test('governance 35: Given 24 h passed but the expiry Job has not run, when approved, then 409 `approval-expired`.', async () => {
    const change = await burn('late', [anybody()]);
    pass(24.01);
    const problem = await world.refused(approvalsApprove, { id: change.id }, bob!);
    expect([problem.slug, problem.kind.status]).toEqual(['approval-expired', 409]);
    await expire(world, now);
    expect((await world.done(changesGet, { id: change.id }, alice!)).state).toBe('expired');
  });

  test('governance 36: Given 24 h passed, when the Job runs on three instances, then one `approval.expired` event.', async () => {
    const change = await burn('once', [anybody()]);
    const { databaseUrl } = world;
    const others = await Promise.all([1, 2].map(() => createWorld({ modules: [lampModule], adapters: () => [provide(LampPort, server)], now, works: false, databaseUrl, tenants: world.tenants }))); // prettier-ignore
    try {
      pass(25);
      await Promise.all([world, ...others].map((one) => expire(one, now)));
      expect(await told(world, change, 'approval.expired')).toHaveLength(1);
      expect((await told(world, change, 'change.expired')).length).toBe(1);
      expect(await statusOf(change)).toBe('expired');
    } finally {
      for (const other of others) await other.close();
    }
  });

  test('governance 37: Given 4 h without decision, when the clock passes, then backups are notified once, level 1 is stored, the request stays pending.', async () => {
    const sla = { dueInSeconds: 4 * 3600, backup: { team: 'board' } };
    const change = await burn('waiting', [{ rule: 'peer', text: 'A peer.', need: { who: { team: 'peers' }, count: 1 }, sla }]);
    pass(1.9);
    await tick(world, now);
    expect(await told(world, change, 'approval.reminder')).toEqual([]);
    pass(0.2);
    await Promise.all([tick(world, now), tick(world, now), tick(world, now)]);
    expect((await told(world, change, 'approval.reminder')).map(({ data }) => data['approvers'])).toEqual([[dave!.actor.id]]);
    pass(2);
    await Promise.all([tick(world, now), tick(world, now), tick(world, now)]);
    const [escalated, ...more] = await told(world, change, 'approval.escalated');
    expect(more).toEqual([]);
    expect(escalated!.data).toMatchObject({ level: 1, recipients: [alice!.actor.id] });
    expect((escalated!.data['approvers'] as string[]).toSorted()).toEqual([bob!.actor.id, carol!.actor.id].toSorted());
    expect(await requestOf(world, change, bob!)).toMatchObject({
      status: 'pending',
      escalationLevel: 1,
      reminded: true,
      actions: { approve: { allowed: false } },
    });
    expect((await trailOf(world, change)).filter(({ actorKind }) => actorKind === 'system').map(({ operation, reason }) => [operation, reason?.code])).toEqual([
      ['approvals.remind', 'reminded'],
      ['approvals.escalate', 'escalated-1'],
    ]); // prettier-ignore
  });

  test('where the rule widens, backups decide after the SLA; at twice the SLA the administrators are told; nothing is approved by itself', async () => {
    const admin = world.as({ name: 'admin', roles: ['admin'] });
    const sla = { dueInSeconds: 900, backup: { team: 'board' }, widenEligibility: true };
    const requirement = { rule: 'peer', text: 'A peer.', need: { who: { team: 'peers' }, count: 1 }, sla };
    const change = await burn('widened', [requirement]);
    expect((await world.refused(approvalsApprove, { id: change.id }, bob!)).slug).toBe('not-eligible');
    pass(0.26);
    await tick(world, now);
    expect((await world.done(approvalsList, { mine: 'assigned' }, bob!)).items.map(({ changeId }) => changeId)).toContain(change.id);
    pass(0.25);
    await tick(world, now);
    expect((await told(world, change, 'approval.escalated')).at(-1)!.data).toMatchObject({
      level: 2,
      approvers: expect.arrayContaining([admin.actor.id]),
    });
    expect(await statusOf(change)).toBe('pending');
    expect((await world.done(approvalsApprove, { id: change.id }, bob!)).status).toBe('approved');
  });

  test('who asked turns to the backups at once when it cannot wait', async () => {
    const sla = { dueInSeconds: 900, backup: { team: 'board' } };
    const change = await burn('urgent', [{ rule: 'peer', text: 'A peer.', need: { who: { team: 'peers' }, count: 1 }, sla }]);
    expect((await world.done(approvalsEscalate, { id: change.id }, alice!)).escalationLevel).toBe(1);
    expect((await world.done(approvalsEscalate, { id: change.id }, alice!)).escalationLevel).toBe(2);
    expect((await world.refused(approvalsEscalate, { id: change.id }, alice!)).slug).toBe('invalid-transition');
  });

  test('a rule sets how long a request waits, within an hour and a week', async () => {
    const change = await burn('short', [
      { ...anybody(), expiresInSeconds: 60 },
      { ...anybody(), rule: 'other', expiresInSeconds: 7200 },
    ]);
    const { requestedAt, expiresAt, slaDueAt } = await requestOf(world, change, bob!);
    expect([expiresAt, slaDueAt].map((at) => Date.parse(at) - Date.parse(requestedAt))).toEqual([HOUR, HOUR]);
    pass(1.01);
    expect((await world.refused(approvalsApprove, { id: change.id }, bob!)).slug).toBe('approval-expired');
  });
});
