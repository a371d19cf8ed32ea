import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { provide } from '#kernel/port.ts';
import { LampPort, lampModule, lampServer, lampsName } from '#test/lamps.ts';
import { ruling, setOf } from '#test/rules.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import type { EngineFacts } from './engine/index.ts';
import { policies, policiesReplay } from './index.ts';
import { NO_RULING } from './kept.ts';
import type { ReplayResult } from './replay.ts';
import { policyDecisions } from './tables.ts';

const DECISIONS = 10_000;
let world: World;
let [alice, bob]: Person[] = [];
let rules: ReturnType<typeof ruling>;

beforeAll(async () => {
  world = await createWorld({ modules: [policies, lampModule], adapters: () => [provide(LampPort, lampServer())] });
  [alice, bob] = ['alice', 'bob'].map((name) => world.as({ name }));
  rules = ruling(world, alice!, bob!);
});
afterAll(() => world.close());

/** A recorded call of a lamp, allowed as it was made. */
function recorded(n: number) {
  const at = new Date(Date.now() - (n % 1_000) * 60_000);
  const risk = n % 5 === 0 ? ('high' as const) : ('write' as const);
  const facts: EngineFacts = {
    user: { id: alice!.actor.id, roles: n % 3 === 0 ? ['admin'] : ['ops_rw'], teams: [] },
    actor: { kind: n % 4 === 0 ? 'agent' : 'user', surface: n % 4 === 0 ? 'mcp' : 'rest' },
    tenant: { id: world.tenants.a, slug: 'a' },
    operation: { name: 'lamps.name', risk, permission: 'lamps:name' },
    resources: [{ type: 'lamp', id: `lamp-${n % 100}`, environment: n % 7 === 0 ? 'prod' : 'lab', labels: {}, groups: [] }],
    input: { name: `lamp-${n % 100}` },
    plan: {
      riskScore: n % 100,
      findings: [],
      steps: [],
      counts: { add: 0, update: 0, remove: 0 },
      reversible: true,
      estimatedSeconds: 0,
      conflicts: [],
    },
    change: { comment: null, ticket: null, emergency: false, dryRun: false, approvals: [], ageSeconds: 0 },
    now: at.toISOString(),
    calendars: {},
    exemptions: [],
  };
  const row = { tenantId: world.tenants.a, id: newId(), decisionId: newId(), at, operation: 'lamps.name', risk, actorId: alice!.actor.id };
  return { ...row, phase: 'plan' as const, effect: 'allow' as const, dryRun: false, facts, ruling: NO_RULING };
}

/** What the candidate forbids, said once more in plain code. */
const isForbidden = ({ facts: { actor, resources, plan } }: ReturnType<typeof recorded>): boolean =>
  (actor.kind === 'agent' && resources[0]!.environment === 'prod') || plan!.riskScore! >= 90;

test('governance 60: Given replay of 10 000 decisions, when run, then the list of newly denied equals a real re-run.', async () => {
  const all = Array.from({ length: DECISIONS }, (_, n) => recorded(n));
  await world.databases.tenant({ tenantId: world.tenants.a }, async (db) => {
    for (let at = 0; at < all.length; at += 500) await db.insert(policyDecisions).values(all.slice(at, at + 500));
  });
  const document = setOf('candidate', [
    'id: no-agents-in-prod\ntype: deny\nmatch: { actors: [agent], environments: [prod] }',
    "id: too-grave\ntype: deny\nphase: plan\nmatch: {}\nwhen: 'plan.riskScore >= 90'",
    'id: grown-ups\ntype: approval-required\nmatch: { roles: [admin], risk: [write] }\napproval: { scopeApprovers: true, count: 2 }',
  ]);
  const change = await world.accepted(policiesReplay, { document, operationName: 'lamps.name', examples: 1_000 }, alice!);
  const ended = await world.settled(change, alice!, { timeoutMs: 60_000 });
  expect(ended.problem).toBeNull();
  const found = ended.outcome as unknown as ReplayResult;
  const forbidden = all.filter(isForbidden);
  expect([found.recorded, found.replayed, found.newlyDenied.count, found.newlyAllowed.count]).toEqual([DECISIONS, DECISIONS, forbidden.length, 0]);
  const ids = new Set(forbidden.map(({ decisionId }) => decisionId));
  expect(found.newlyDenied.examples.every(({ decisionId }) => ids.has(decisionId))).toBe(true);
  expect(found.newlyDenied.examples).toHaveLength(Math.min(1_000, forbidden.length));
  // The rules in force ask something of them too: those recorded here had been let through without.
  expect(found.same + found.newlyDenied.count + found.changedApprovals.count).toBe(DECISIONS);
}, 120_000);

test('a sample is the same whenever it is drawn, and of about the size that was asked for', async () => {
  const draw = async () => {
    const change = await world.accepted(policiesReplay, { percent: 10, operationName: 'lamps.name' }, alice!);
    return (await world.settled(change, alice!, { timeoutMs: 60_000 })).outcome as unknown as ReplayResult;
  };
  const [first, second] = [await draw(), await draw()];
  expect(first.replayed).toBeGreaterThan(DECISIONS * 0.07);
  expect(first.replayed).toBeLessThan(DECISIONS * 0.13);
  expect(second).toEqual({ ...first, from: expect.any(String), to: expect.any(String) });
}, 120_000);

test('what was really called is replayed as it really was', async () => {
  const id = await rules.enforce(setOf('gate', ['id: no-b\ntype: deny\nmatch: { resources: { ids: [real-b] } }']));
  await world.done(lampsName, { name: 'real-a' }, bob!);
  expect((await world.refused(lampsName, { name: 'real-b' }, bob!)).slug).toBe('policy-denied');
  const other = setOf('gate', ['id: no-a\ntype: deny\nmatch: { resources: { ids: [real-a] } }']);
  const outcome = async () => {
    const change = await world.accepted(policiesReplay, { document: other, days: 1 }, alice!);
    return (await world.settled(change, alice!, { timeoutMs: 60_000 })).outcome as unknown as ReplayResult;
  };
  const found = await outcome();
  const mine = (kind: 'newlyDenied' | 'newlyAllowed') => found[kind].examples.filter(({ actorId }) => actorId === bob!.actor.id).map(({ operation, before, after }) => [operation, before.refused, after.refused]); // prettier-ignore
  expect(mine('newlyDenied')).toEqual([['lamps.name', null, 'policy-denied']]);
  expect(mine('newlyAllowed')).toEqual([['lamps.name', 'policy-denied', null]]);
  await rules.retire(id);
}, 120_000);
