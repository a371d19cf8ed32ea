import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Requirement } from '#kernel/gate-steps.ts';
import { provide } from '#kernel/port.ts';
import { anybody, asked, expire, requestOf, told, trailOf } from '#test/approvals.ts';
import { LampPort, lampModule, lampServer, lampsBurn, lampsLight } from '#test/lamps.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import {
  approvalsApprove,
  approvalsCancel,
  approvalsList,
  approvalsReject,
  approvalsRevoke,
  changesApply,
  changesGet,
  changesReject,
} from '../index.ts';

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

describe('what is decided', () => {
  test('a verdict on another plan than the one that waits is refused', async () => {
    const change = await burn('seen', [anybody()]);
    const { planHash } = await requestOf(world, change, bob!);
    expect((await world.refused(approvalsApprove, { id: change.id, planHash: 'another' }, bob!)).slug).toBe('plan-superseded');
    const decided = await world.done(approvalsApprove, { id: change.id, planHash }, bob!);
    expect(decided.decisions).toMatchObject([{ by: { name: 'bob' }, verdict: 'approved', planHash, surface: 'rest', onBehalfOf: null }]);
  });

  test('governance 42: Given rejection without comment, when sent, then 422.', async () => {
    const change = await burn('no', [anybody(2)]);
    for (const comment of [undefined, 'no', '  no   '])
      for (const operation of [approvalsReject, changesReject]) {
        const problem = await world.refused(operation, { id: change.id, comment }, bob!);
        expect([problem.slug, problem.kind.status]).toEqual(['comment-required', 422]);
      }
    expect((await world.done(approvalsReject, { id: change.id, comment: 'not tonight' }, bob!)).status).toBe('rejected');
    expect((await world.done(changesGet, { id: change.id }, alice!)).state).toBe('rejected');
    expect((await world.refused(approvalsApprove, { id: change.id }, carol!)).slug).toBe('approval-closed');
    expect((await told(world, change, 'approval.decided'))[0]!.data).toMatchObject({
      verdict: 'rejected',
      status: 'rejected',
      recipients: [alice!.actor.id],
    });
  });

  test('governance 44: Given approval at hour 23 of a request, when applied 5 h later, then allowed (validity counts from approval).', async () => {
    const idle = await createWorld({ modules: [lampModule], adapters: () => [provide(LampPort, server)], now, works: false });
    const [ann, ben] = [idle.as({ name: 'ann' }), idle.as({ name: 'ben' })];
    try {
      const change = await idle.accepted(lampsBurn, { name: 'slow' }, ann);
      pass(23);
      await idle.done(approvalsApprove, { id: change.id }, ben);
      pass(5);
      await expire(idle, now);
      expect((await idle.done(changesApply, { id: change.id }, ann)).state).toBe('approved');
      await idle.work();
      expect(await idle.settled(change, ann)).toMatchObject({ problem: null, state: 'succeeded' });
      const entry = (await trailOf(idle, change)).find(({ surface }) => surface === 'job');
      expect(entry).toMatchObject({ result: 'success', approverIds: [ben.actor.id], approvalId: expect.any(String) });
    } finally {
      await idle.close();
    }
  });

  test('who asks is told whom they wait for, and what is announced names who may agree', async () => {
    const change = await burn('announced', [{ rule: 'board', text: 'The board.', need: { who: { team: 'board' }, count: 1 } }]);
    const [event] = await told(world, change, 'approval.requested');
    expect(event!.data).toMatchObject({
      number: change.number,
      operation: 'lamps.burn',
      summary: 'Burn lamp announced',
      requesterId: alice!.actor.id,
      risk: 'high',
    });
    expect((event!.data['approvers'] as string[]).toSorted()).toEqual([bob!.actor.id, carol!.actor.id].toSorted());
    expect((await world.done(approvalsList, { mine: 'requested', status: 'open' }, alice!)).items.map(({ changeId }) => changeId)).toContain(
      change.id,
    );
    expect((await world.done(approvalsCancel, { id: change.id }, alice!)).status).toBe('cancelled');
    expect((await world.done(changesGet, { id: change.id }, alice!)).state).toBe('cancelled');
  });

  test('only who asked, or who may, gives a request up', async () => {
    const change = await burn('not-yours', [anybody()]);
    const reader = world.as({ permissions: ['approvals:read', 'approvals:decide'] });
    expect((await world.refused(approvalsCancel, { id: change.id }, reader)).slug).toBe('permission-denied');
    expect((await world.done(approvalsCancel, { id: change.id }, bob!)).status).toBe('cancelled');
    expect((await world.refused(approvalsCancel, { id: change.id }, bob!)).slug).toBe('approval-closed');
  });
});

describe('what is taken back', () => {
  test('governance 41: Given an approver withdraws before start, when the schedule fires, then it does not run.', async () => {
    const idle = await createWorld({ modules: [lampModule], adapters: () => [provide(LampPort, server)], now, works: false });
    try {
      const [ann, ben, cat] = ['ann', 'ben', 'cat'].map((name) => idle.as({ name }));
      const change = await asked(idle, lampsLight, { name: 'withdrawn' }, ann!, [anybody()]);
      await idle.done(approvalsApprove, { id: change.id }, ben!);
      expect((await idle.refused(approvalsRevoke, { id: change.id }, cat!)).slug).toBe('invalid-transition');
      const after = await idle.done(approvalsRevoke, { id: change.id, comment: 'wrong lamp' }, ben!);
      expect([after.status, after.given]).toEqual(['pending', 0]);
      expect((await idle.refused(changesApply, { id: change.id }, ann!)).slug).toBe('approval-pending');
      await idle.work();
      // The job of the first approval comes to its turn before the one of the next.
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect((await idle.done(changesGet, { id: change.id }, ann!)).state).toBe('awaiting_approval');
      expect(server.lamps.has('withdrawn')).toBe(false);
      await idle.done(approvalsApprove, { id: change.id }, ben!);
      expect((await idle.settled(change, ann!)).state).toBe('succeeded');
      expect((await idle.refused(approvalsRevoke, { id: change.id }, ben!)).slug).toBe('invalid-transition');
      expect((await told(idle, change, 'approval.revoked'))[0]!.data).toMatchObject({ by: ben!.actor.id, reason: 'wrong lamp', status: 'revoked' });
      expect(idle.faults).toEqual([]);
    } finally {
      await idle.close();
    }
  });

  test('of a request that is still open one agreement is taken back, and given again', async () => {
    const change = await burn('second-thoughts', [anybody(2)]);
    await world.done(approvalsApprove, { id: change.id }, bob!);
    await world.done(approvalsRevoke, { id: change.id }, bob!);
    expect(await statusOf(change)).toBe('pending');
    expect((await world.done(approvalsApprove, { id: change.id }, carol!)).status).toBe('partially_approved');
    expect((await world.done(approvalsApprove, { id: change.id }, bob!)).status).toBe('approved');
  });
});
