import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eq } from '#kernel/drizzle.ts';
import type { Requirement } from '#kernel/gate-steps.ts';
import { provide } from '#kernel/port.ts';
import { anybody, asked, requestOf, trailOf } from '#test/approvals.ts';
import { LampPort, lampModule, lampServer, lampsBurn } from '#test/lamps.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import { approvalsApprove, approvalsGet, approvalsList, changesApprove, changesList } from '../index.ts';
import { approvalRequests } from '../tables.ts';

const server = lampServer();
const HOUR = 3_600_000;
let clock = new Date();
const now = (): Date => clock;
let world: World;
let [alice, bob, carol, dave]: Person[] = [];
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

describe('who may decide', () => {
  test('governance 30: Given the requester holds approver, when approving own request, then 403 `self-approval-forbidden` and an Audit entry.', async () => {
    const change = await burn('mine', [anybody()]);
    const problem = await world.refused(approvalsApprove, { id: change.id }, alice!);
    expect([problem.slug, problem.kind.status]).toEqual(['self-approval-forbidden', 403]);
    expect((await world.refused(changesApprove, { id: change.id }, alice!)).slug).toBe('self-approval-forbidden');
    const entries = (await trailOf(world, change)).filter(({ result }) => result !== 'pending' && result !== 'success');
    expect(entries.map(({ operation, actorId, reason }) => [operation, actorId, reason?.code])).toEqual([
      ['approvals.approve', alice!.actor.id, 'self-approval-forbidden'],
      ['changes.approve', alice!.actor.id, 'self-approval-forbidden'],
    ]);
  });

  test("governance 31: Given the requester's API key made the Change, when its owner approves, then 403.", async () => {
    const key = world.as({ name: 'alice' });
    Object.assign(key.actor, { kind: 'apiKey', id: alice!.actor.id });
    const robot = world.as({ name: 'robot' });
    Object.assign(robot.actor, { kind: 'apiKey', ownerId: alice!.actor.id });
    const agent = world.as({ name: 'alice' });
    Object.assign(agent.actor, { kind: 'agent', id: alice!.actor.id });
    for (const maker of [key, robot, agent]) {
      const change = await asked(world, lampsBurn, { name: 'by-key' }, maker, [anybody()]);
      for (const decider of [alice!, key, robot, agent]) {
        const problem = await world.refused(approvalsApprove, { id: change.id }, decider);
        expect([problem.slug, problem.kind.status]).toEqual(['self-approval-forbidden', 403]);
      }
      expect(await statusOf(change)).toBe('pending');
    }
  });

  test('neither a service account nor an agent decides on the Changes of others', async () => {
    const change = await burn('no-machines', [anybody()]);
    const robot = world.as({ name: 'robot-of-bob' });
    Object.assign(robot.actor, { kind: 'apiKey', ownerId: bob!.actor.id });
    const agent = world.as({ name: 'agent-of-carol' });
    Object.assign(agent.actor, { kind: 'agent' });
    for (const machine of [robot, agent]) expect((await world.refused(approvalsApprove, { id: change.id }, machine)).slug).toBe('not-eligible');
  });

  test('governance 32: Given two required distinct approvers, when the first approves twice, then still partially_approved.', async () => {
    const change = await burn('twice', [anybody(2)]);
    expect((await world.done(approvalsApprove, { id: change.id }, bob!)).status).toBe('partially_approved');
    expect((await world.refused(approvalsApprove, { id: change.id }, bob!)).slug).toBe('approval-closed');
    expect(await statusOf(change)).toBe('partially_approved');
    expect((await world.done(approvalsApprove, { id: change.number }, carol!)).status).toBe('approved');
  });

  test('governance 33: Given an all-tree (peer and board), when two board members approve, then not approved until a peer does.', async () => {
    const need = {
      all: [
        { who: { team: 'peers' }, count: 1 },
        { who: { team: 'board' }, count: 1 },
      ],
    };
    const change = await burn('tree', [{ rule: 'board-and-peer', text: 'A peer and the board.', need }]);
    for (const member of [bob!, carol!]) expect((await world.done(approvalsApprove, { id: change.id }, member)).status).toBe('partially_approved');
    const seen = await requestOf(world, change, dave!);
    expect(seen.nodes.map(({ depth, kind, met, agreed, mayAgree }) => [depth, kind, met, agreed.map(({ name }) => name).toSorted(), mayAgree.map(({ name }) => name)])).toEqual([
      [0, 'all', false, [], []],
      [1, 'people', false, [], ['dave']],
      [1, 'people', true, ['bob', 'carol'], []],
    ]); // prettier-ignore
    expect((await world.done(approvalsApprove, { id: change.id }, dave!)).status).toBe('approved');
  });

  test('governance 34: Given an approver whose Scope misses one target, when approving, then 403 `not-eligible`.', async () => {
    const change = await burn('far', [anybody()]);
    // Reads everything, decides only near: two grants.
    const narrow = world.as({
      name: 'narrow',
      grants: [{ permissions: ['*:read'] }, { permissions: ['approvals:*'], scope: { any: [{ type: 'lamp', ids: ['near'] }] } }],
    });
    for (const operation of [approvalsApprove, changesApprove]) {
      const problem = await world.refused(operation, { id: change.id }, narrow);
      expect([problem.slug, problem.kind.status]).toEqual(['not-eligible', 403]);
    }
    expect((await requestOf(world, change, narrow)).actions.approve).toMatchObject({ allowed: false, reason: expect.stringContaining('Scope') });
    // Who may not even see it is not told that there is one.
    const blind = world.as({ name: 'blind', scope: { any: [{ type: 'lamp', ids: ['near'] }] } });
    expect((await world.refused(changesApprove, { id: change.id }, blind)).slug).toBe('change-not-found');
    expect((await world.refused(approvalsApprove, { id: (await requestOf(world, change, bob!)).id }, blind)).slug).toBe('approval-not-found');
    expect((await world.done(approvalsList, { mine: 'assigned' }, blind)).items).toEqual([]);
    const reader = world.as({ permissions: ['changes:read', 'approvals:read'] });
    expect((await world.refused(changesApprove, { id: change.id }, reader)).slug).toBe('permission-denied');
  });

  test('somebody no rule asks for is not eligible, though they may decide on other Changes', async () => {
    const change = await burn('board-only', [{ rule: 'board', text: 'The board.', need: { who: { team: 'board' }, count: 1 } }]);
    expect((await world.refused(approvalsApprove, { id: change.id }, dave!)).slug).toBe('not-eligible');
    const [assigned, waiting] = [
      await world.done(approvalsList, { mine: 'assigned' }, dave!),
      await world.done(changesList, { waitingForMe: true }, dave!),
    ];
    expect([...assigned.items.map(({ changeId }) => changeId), ...waiting.items.map(({ id }) => id)]).not.toContain(change.id);
    expect((await world.done(approvalsList, { mine: 'assigned' }, bob!)).items.map(({ changeId }) => changeId)).toContain(change.id);
  });

  test('owners of what is touched and holders of a role are asked by what they are', async () => {
    const lead = world.as({ name: 'lead', roles: ['lead'] });
    world.own(dave!);
    const need = {
      all: [
        { who: 'resourceOwner' as const, count: 1 },
        { who: { role: 'lead' }, count: 1 },
      ],
    };
    const change = await burn('owned', [{ rule: 'owner', text: 'Owner and lead.', need }]);
    expect((await world.refused(approvalsApprove, { id: change.id }, bob!)).slug).toBe('not-eligible');
    await world.done(approvalsApprove, { id: change.id }, lead);
    expect((await world.done(approvalsApprove, { id: change.id }, dave!)).status).toBe('approved');
  });

  test('an earlier approval stops counting when its giver may no longer decide', async () => {
    const gone = world.as({ name: 'gone' });
    const change = await burn('left', [anybody(2)]);
    await world.done(approvalsApprove, { id: change.id }, gone);
    world.forget(gone);
    expect((await world.done(approvalsApprove, { id: change.id }, bob!)).status).toBe('partially_approved');
    expect((await world.done(approvalsApprove, { id: change.id }, carol!)).status).toBe('approved');
  });

  test('governance 43: Given no eligible approver exists, when requested, then 409 naming the node.', async () => {
    const alone = world.as({ name: 'alone', tenant: 'b' });
    const problem = await world.refused(lampsBurn, { name: 'x' }, alone);
    expect([problem.slug, problem.kind.status]).toEqual(['no-eligible-approver', 409]);
    const need = {
      all: [
        { who: { team: 'board' }, count: 1 },
        { who: { team: 'ghosts' }, count: 1 },
      ],
    };
    const missing = await burn('nobody', [{ rule: 'ghosts', text: '', need }]).catch((error: unknown) => error);
    expect(missing).toMatchObject({ slug: 'no-eligible-approver', extras: { rules: ['ghosts'], node: '1 of the members of team ghosts' } });
  });

  test('a rule that wants a fresh proof refuses old ones, and keys', async () => {
    const change = await burn('fresh', [{ ...anybody(), stepUpSeconds: 600 }]);
    const erin = world.as({ name: 'erin' });
    expect((await world.refused(approvalsApprove, { id: change.id }, erin)).slug).toBe('not-eligible');
    Object.assign(erin.actor, { proof: { at: new Date(clock.getTime() - HOUR), level: 2, factors: ['totp'] } });
    expect((await world.refused(approvalsApprove, { id: change.id }, erin)).slug).toBe('step-up-required');
    Object.assign(erin.actor, { proof: { at: clock, level: 2, factors: ['totp'] } });
    expect((await world.done(approvalsApprove, { id: change.id }, erin)).status).toBe('approved');
  });
});

test('a request is found by its id, its Change and its number, and by nothing else', async () => {
  const change = await burn('found', [anybody()]);
  const { id } = await requestOf(world, change, bob!);
  for (const name of [id, change.id, change.number]) expect((await world.done(approvalsGet, { id: name }, bob!)).id).toBe(id);
  const stranger = world.as({ tenant: 'b' });
  for (const name of [id, change.id]) expect((await world.refused(approvalsGet, { id: name }, stranger)).slug).toBe('approval-not-found');
  const [row] = await world.databases.tenant({ tenantId: world.tenants.a }, (db) =>
    db.select().from(approvalRequests).where(eq(approvalRequests.id, id)),
  );
  expect(row!.asks).toEqual(['scope']);
});
