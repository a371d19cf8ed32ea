import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { provide } from '#kernel/port.ts';
import type { Problem } from '#kernel/problem.ts';
import { auditList, decisionsGet } from '#modules/audit/index.ts';
import { changesGet } from '#modules/governance/index.ts';
import { LampPort, lampModule, lampsBurn, lampServer, lampsGet, lampsLong, lampsName } from '#test/lamps.ts';
import { decisionOf, eventually, ids, ruling, setOf } from '#test/rules.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import { policies, policiesExplain, policiesGet } from './index.ts';

const server = lampServer();
/** A Saturday, at noon in Greenwich. */
const SATURDAY = Date.UTC(2026, 10, 21, 12);
let clock = new Date(SATURDAY);
const now = (): Date => clock;
let world: World;
let [alice, bob, carol]: Person[] = [];
let rules: ReturnType<typeof ruling>;

beforeAll(async () => {
  world = await createWorld({ modules: [policies, lampModule], adapters: () => [provide(LampPort, server)], now });
  [alice, bob, carol] = ['alice', 'bob', 'carol'].map((name) => world.as({ name }));
  rules = ruling(world, alice!, bob!);
});
afterAll(() => world.close());
beforeEach(() => {
  clock = new Date(SATURDAY);
});

describe('through the Gate', () => {
  test('governance 47: Given the seed’s YAML example, when loaded, then four policies exist and behave as described.', async () => {
    const [ann, ben] = [world.as({ name: 'ann', tenant: 'b' }), world.as({ name: 'ben', tenant: 'b' })];
    const theirs = ruling(world, ann, ben);
    const document = `policies:
  - name: prod-approval
    type: approval-required
    scope: environment=prod
  - name: professional-comment
    type: require-comment
    scope: tier=professional
  - name: user-limit
    type: rate-limit
    scope: user=*
    limit: 5
  - name: office-hours
    type: time-window
    scope: environment=prod
    deny: "Mon-Fri 08:00-18:00 EST"
`;
    const id = await theirs.save(document);
    const saved = await world.done(policiesGet, { id }, ann);
    expect(saved.newest.policies.map(({ type }) => type)).toEqual(['approval-required', 'require-comment', 'rate-limit', 'time-window']);
    expect(saved.newest.faults.some(({ message }) => message.includes('EST'))).toBe(true);
    await theirs.activate(id);
    expect((await world.accepted(lampsName, { name: 'p', environment: 'prod' }, ann)).state).toBe('awaiting_approval');
    const silent = await world.refused(lampsBurn, { name: 'b' }, ann);
    expect([silent.slug, silent.kind.status]).toEqual(['comment-required', 422]);
    expect((await world.accepted(lampsBurn, { name: 'b' }, ann, { comment: 'The lamp is broken and must go.' })).state).toBe('awaiting_approval');
    clock = new Date(Date.UTC(2026, 10, 23, 14)); // Monday, 9 in the morning at a fixed five hours behind Greenwich
    expect((await world.refused(lampsName, { name: 'p', environment: 'prod' }, ann)).slug).toBe('outside-window');
    clock = new Date(Date.UTC(2026, 10, 23, 23));
    for (let n = 0; n < 5; n += 1) await world.done(lampsName, { name: `n${n}` }, ann);
    expect(['policy-denied', 'rate-limited']).toContain((await world.refused(lampsName, { name: 'n5' }, ann)).slug);
  });

  test('governance 49: Given two matching policies, one warn one deny, when evaluated in any order, then denied and both are listed.', async () => {
    const [warn, deny] = [`id: mind\ntype: deny\nenforcement: warn\nmatch: ${ids('both')}`, `id: never\ntype: deny\nmatch: ${ids('both')}`];
    for (const [place, order] of [
      [warn, deny],
      [deny, warn],
    ].entries()) {
      const id = await rules.enforce(setOf(`order-${place}`, order));
      const problem = await world.refused(lampsName, { name: 'both' }, alice!);
      expect([problem.slug, problem.extras['policyId']]).toEqual(['policy-denied', `order-${place}/never`]);
      const kept = await eventually(() => world.done(decisionsGet, { id: decisionOf(problem) }, alice!).catch(() => undefined), (found) => !!found?.policy); // prettier-ignore
      expect(kept!.policy!.matched.map(({ policy }) => policy).sort()).toEqual([`order-${place}/mind`, `order-${place}/never`]);
      await rules.retire(id);
    }
  });

  test('governance 50: Given approvals asked by two policies, when merged, then both are needed.', async () => {
    const approval = (id: string, count: number) =>
      `id: ${id}\ntype: approval-required\nmatch: ${ids('joined')}\napproval: { scopeApprovers: true, count: ${count} }`;
    const id = await rules.enforce(setOf('joined', [approval('one', 1), approval('two', 2)]));
    const change = await world.accepted(lampsName, { name: 'joined' }, alice!);
    await world.approve(change, bob!);
    expect((await world.done(changesGet, { id: change.id }, alice!)).state).toBe('awaiting_approval');
    await world.approve(change, carol!);
    expect((await world.settled(change, alice!)).state).toBe('succeeded');
    await rules.retire(id);
  });

  test('governance 51: Given a rate-limit 50/24h, when the 51st change is tried, then 403 or 429 as configured, with reset time; a denied call for another reason consumed nothing.', async () => {
    const limit = `id: per-day\ntype: rate-limit\nmatch: ${ids('counted', 'forbidden')}\nrateLimit: { limit: 50, window: 24h, key: [user], algorithm: fixed }`;
    const id = await rules.enforce(setOf('counting', [limit, `id: no\ntype: deny\nmatch: ${ids('forbidden')}`]));
    for (let n = 0; n < 49; n += 1) await world.done(lampsName, { name: 'counted' }, carol!);
    for (let n = 0; n < 3; n += 1) expect((await world.refused(lampsName, { name: 'forbidden' }, carol!)).slug).toBe('policy-denied');
    await world.call(lampsName, { name: 'counted' }, carol!, { dryRun: true });
    await world.done(lampsName, { name: 'counted' }, carol!);
    const problem = await world.refused(lampsName, { name: 'counted' }, carol!);
    expect([403, 429]).toContain(problem.kind.status);
    expect(problem.extras).toMatchObject({ limit: 50, window: 86_400, resetAt: '2026-11-22T00:00:00.000Z', policyId: 'counting/per-day' });
    expect((await world.done(lampsName, { name: 'counted' }, bob!)).name).toBe('counted');
    clock = new Date(Date.UTC(2026, 10, 22, 0, 0, 1));
    expect((await world.done(lampsName, { name: 'counted' }, carol!)).name).toBe('counted');
    await rules.retire(id);
  });

  test('of many calls at once no more are let through than a limit of a rule allows', async () => {
    const limit = `id: ten\ntype: rate-limit\nmatch: ${ids('crowd')}\nrateLimit: { limit: 10, window: 1h, key: [tenant] }`;
    const id = await rules.enforce(setOf('crowd', [limit]));
    const people = Array.from({ length: 30 }, () => world.as());
    const outcomes = await Promise.all(people.map((person) => world.call(lampsName, { name: 'crowd' }, person).then(() => 'done', (problem: Problem) => problem.slug))); // prettier-ignore
    expect(outcomes.filter((one) => one === 'done')).toHaveLength(10);
    expect(new Set(outcomes).size).toBe(2);
    await rules.retire(id);
  });

  test('governance 54: Given a high Change estimated at 40 min and 30 min of window left, when applied, then `outside-window`.', async () => {
    const window = `id: weekend\ntype: time-window\nmatch: ${ids('long')}\ntimeWindow: { mode: allow-only, timezone: UTC, windows: [{ days: [sat], from: "10:00", to: "14:00" }] }`;
    const id = await rules.enforce(setOf('windows', [window]));
    const change = await world.accepted(lampsLong, { name: 'long' }, alice!);
    clock = new Date(Date.UTC(2026, 10, 21, 13, 30));
    await world.approve(change, bob!);
    const ended = await world.settled(change, alice!);
    expect([ended.state, (ended.problem as { type: string }).type.split('/').at(-1)]).toEqual(['failed', 'outside-window']);
    expect(server.calls).not.toContain('long long');
    clock = new Date(Date.UTC(2026, 10, 21, 14, 1));
    const late = await world.refused(lampsLong, { name: 'long' }, alice!);
    expect([late.slug, late.kind.status]).toEqual(['outside-window', 403]);
    await rules.retire(id);
  });

  test('governance 55: Given a missing comment, when a high Operation is called, then 422 `comment-required` with the pattern.', async () => {
    const comment = `id: why\ntype: require-comment\nmatch: { risk: [high], resources: { ids: [why] } }\ncomment: { minLength: 20, pattern: "^Because " }`;
    const id = await rules.enforce(setOf('why', [comment]));
    const problem = await world.refused(lampsBurn, { name: 'why' }, alice!);
    expect([problem.slug, problem.kind.status]).toEqual(['comment-required', 422]);
    expect(JSON.stringify(problem.extras)).toContain('^Because ');
    expect((await world.refused(lampsBurn, { name: 'why' }, alice!, { comment: 'Because' })).slug).toBe('comment-required');
    const tried = await world.call(lampsBurn, { name: 'why' }, alice!, { dryRun: true });
    expect(tried).toMatchObject({ status: 'planned', demands: { comment: { minLength: 20, patterns: ['^Because '] } } });
    const change = await world.accepted(lampsBurn, { name: 'why' }, alice!, { comment: 'Because it is broken for good' });
    await rules.agreed(change);
    await rules.retire(id);
  });

  test('governance 56: Given an expression that fails at run time on a write, when evaluated, then denied with onError noted; on a read, allowed with warning.', async () => {
    const id = await rules.enforce(setOf('faulty', [`id: broken\ntype: deny\nmatch: ${ids('faulty')}\nwhen: 'resource.labels["tier"] == "gold"'`]));
    const problem = await world.refused(lampsName, { name: 'faulty' }, alice!);
    expect([problem.slug, problem.extras['policyId']]).toEqual(['policy-denied', 'faulty/broken']);
    const explained = await eventually(() => world.done(policiesExplain, { id: decisionOf(problem) }, alice!).catch(() => undefined), (found) => found !== undefined); // prettier-ignore
    expect(explained!.ruling.errors).toEqual([expect.objectContaining({ policy: 'faulty/broken', outcome: 'denied' })]);
    const read = await world.call(lampsGet, { id: 'faulty' }, alice!);
    expect(read.status).toBe('done');
    expect(read.warnings.join()).toContain('faulty/broken');
    await rules.retire(id);
  });

  test('governance 66: Given `actor.kind == "agent"` rule, when the same user calls by UI, then it does not match.', async () => {
    const id = await rules.enforce(setOf('agents', [`id: no-agents\ntype: deny\nmatch: ${ids('agents')}\nwhen: 'actor.kind == "agent"'`]));
    const call = (surface: 'mcp' | 'web') => world.call(lampsName, { name: 'agents' }, alice!, {}, surface);
    await expect(call('mcp')).rejects.toMatchObject({ slug: 'policy-denied', extras: { policyId: 'agents/no-agents' } });
    expect(await call('web')).toMatchObject({ status: 'done' });
    await rules.retire(id);
  });

  test('governance 73: Given a denied call by policy, when read, then stage, policyId and reason are present.', async () => {
    const id = await rules.enforce(setOf('trail', [`id: no-trail\ntype: deny\nmatch: ${ids('trail')}\nmessage: Not this lamp.`]));
    const problem = await world.refused(lampsName, { name: 'trail' }, alice!);
    await world.audit.flush();
    const { items } = await world.done(auditList, { operation: 'lamps.name', result: 'denied' }, alice!);
    const entry = items.find(({ decisionId }) => decisionId === decisionOf(problem));
    expect(entry).toMatchObject({
      result: 'denied',
      reason: { stage: 'policy', code: 'policy-denied', policyId: 'trail/no-trail', text: expect.stringContaining('Not this lamp.') },
      rules: ['trail/no-trail@1'],
    });
    await rules.retire(id);
  });
});
