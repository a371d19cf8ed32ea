import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Requirement } from '#kernel/gate-steps.ts';
import { provide } from '#kernel/port.ts';
import { anybody, asked, requestOf, told } from '#test/approvals.ts';
import { LampPort, lampModule, lampServer, lampsBurn } from '#test/lamps.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import {
  approvalsApprove,
  approvalsDelegate,
  approvalsDelegationsCreate,
  approvalsDelegationsList,
  approvalsDelegationsRevoke,
  approvalsList,
} from '../index.ts';

const server = lampServer();
const HOUR = 3_600_000;
let clock = new Date();
const now = (): Date => clock;
let world: World;
let [alice, bob, carol, dave]: Person[] = [];
const burn = (name: string, requirements: readonly Requirement[]) => asked(world, lampsBurn, { name }, alice!, requirements);

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

describe('delegation', () => {
  const board: Requirement = { rule: 'board', text: 'The board.', need: { who: { team: 'board' }, count: 1 } };

  test('governance 38: Given delegation to the requester, when saved, then refused.', async () => {
    const change = await burn('to-requester', [anybody()]);
    expect((await world.refused(approvalsDelegate, { id: change.id, to: alice!.actor.id }, bob!)).slug).toBe('self-approval-forbidden');
    const reader = world.as({ permissions: ['approvals:read'] });
    expect((await world.refused(approvalsDelegate, { id: change.id, to: reader.actor.id }, bob!)).slug).toBe('not-eligible');
    expect((await world.refused(approvalsDelegate, { id: change.id, to: bob!.actor.id }, bob!)).slug).toBe('not-eligible');
    expect(await told(world, change, 'approval.delegated')).toEqual([]);
  });

  test('governance 39: Given A delegated to B, when both approve a two-person request, then it counts once.', async () => {
    const change = await burn('pair', [anybody(2)]);
    await world.done(approvalsDelegate, { id: change.id, to: carol!.actor.id, reason: 'on a train' }, bob!);
    await world.done(approvalsApprove, { id: change.id }, bob!);
    expect((await world.done(approvalsApprove, { id: change.id }, carol!)).status).toBe('partially_approved');
    expect((await world.done(approvalsApprove, { id: change.id }, dave!)).status).toBe('approved');
    expect((await told(world, change, 'approval.delegated'))[0]!.data).toMatchObject({
      from: bob!.actor.id,
      to: carol!.actor.id,
      approvers: [carol!.actor.id],
    });
  });

  test('a delegate decides where only the delegator could, both stand in the record, and hands nothing on', async () => {
    const change = await burn('handed', [board]);
    await world.done(approvalsDelegate, { id: change.id, to: dave!.actor.id }, bob!);
    expect((await world.done(approvalsList, { mine: 'assigned' }, dave!)).items.map(({ changeId }) => changeId)).toContain(change.id);
    expect((await requestOf(world, change, dave!)).standsFor).toEqual([{ id: bob!.actor.id, name: 'bob' }]);
    expect((await world.refused(approvalsDelegate, { id: change.id, to: carol!.actor.id }, dave!)).slug).toBe('not-eligible');
    const decided = await world.done(approvalsApprove, { id: change.id }, dave!);
    expect(decided).toMatchObject({ status: 'approved', decisions: [{ by: { name: 'dave' }, onBehalfOf: { name: 'bob' } }] });
  });

  test('while somebody is away another decides for them, for 30 days at most and only where they say', async () => {
    const until = (days: number): string => new Date(clock.getTime() + days * 24 * HOUR).toISOString();
    const to = dave!.actor.id;
    expect((await world.refused(approvalsDelegationsCreate, { to, until: until(31) }, carol!)).slug).toBe('delegation-invalid');
    expect((await world.refused(approvalsDelegationsCreate, { to: carol!.actor.id, until: until(1) }, carol!)).slug).toBe('not-eligible');
    const scope = { any: [{ type: 'lamp', ids: ['in-reach'] }] };
    const away = await world.done(approvalsDelegationsCreate, { to, until: until(30), scope }, carol!);
    expect((await world.refused(approvalsDelegationsCreate, { to, until: until(2) }, carol!)).slug).toBe('delegation-invalid');
    const [near, far] = [await burn('in-reach', [board]), await burn('out-of-reach', [board])];
    expect((await told(world, near, 'approval.requested'))[0]!.data['approvers']).toContain(to);
    expect((await told(world, far, 'approval.requested'))[0]!.data['approvers']).not.toContain(to);
    const assigned = (await world.done(approvalsList, { mine: 'assigned' }, dave!)).items.map(({ changeId }) => changeId);
    expect([assigned.includes(near.id), assigned.includes(far.id)]).toEqual([true, false]);
    expect((await world.refused(approvalsApprove, { id: far.id }, dave!)).slug).toBe('not-eligible');
    expect((await world.done(approvalsApprove, { id: near.id }, dave!)).status).toBe('approved');

    expect((await world.done(approvalsDelegationsList, {}, dave!)).items.map(({ id }) => id)).toContain(away.id);
    const again = await burn('in-reach', [board]);
    await world.done(approvalsDelegationsRevoke, { id: away.id }, carol!);
    expect((await world.refused(approvalsApprove, { id: again.id }, dave!)).slug).toBe('not-eligible');
    expect((await world.refused(approvalsDelegationsRevoke, { id: away.id }, carol!)).slug).toBe('delegation-not-found');
  });

  test('who stands in for the requester does not decide on what the requester asked for', async () => {
    const until = new Date(clock.getTime() + 24 * HOUR).toISOString();
    const away = await world.done(approvalsDelegationsCreate, { to: dave!.actor.id, until }, alice!);
    const change = await burn('stand-in', [anybody()]);
    expect((await world.refused(approvalsApprove, { id: change.id }, dave!)).slug).toBe('self-approval-forbidden');
    expect((await told(world, change, 'approval.requested'))[0]!.data['approvers']).not.toContain(dave!.actor.id);
    expect((await world.done(approvalsList, { mine: 'assigned' }, dave!)).items.map(({ changeId }) => changeId)).not.toContain(change.id);
    expect((await world.refused(approvalsDelegate, { id: change.id, to: dave!.actor.id }, bob!)).slug).toBe('self-approval-forbidden');
    await world.done(approvalsDelegationsRevoke, { id: away.id }, alice!);
  });
});
