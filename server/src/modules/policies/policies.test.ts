import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { provide } from '#kernel/port.ts';
import type { Problem } from '#kernel/problem.ts';
import { changesApprove } from '#modules/governance/index.ts';
import { LampPort, lampModule, lampServer, lampsName } from '#test/lamps.ts';
import { eventually, ids, ruling, setOf } from '#test/rules.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import {
  policies,
  policiesCreate,
  policiesDifferencesList,
  policiesEndTrial,
  policiesGet,
  policiesLint,
  policiesSimulate,
  policiesUpdate,
  policiesVersionsActivate,
  policiesVersionsDiff,
  policyExemptionsCreate,
  policyExemptionsList,
  policyExemptionsRevoke,
} from './index.ts';

const server = lampServer();
/** A Saturday, at noon in Greenwich. */
const SATURDAY = Date.UTC(2026, 10, 21, 12);
let clock = new Date(SATURDAY);
const now = (): Date => clock;
const pass = (ms: number): Date => (clock = new Date(clock.getTime() + ms));
const HOUR = 3_600_000;
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

describe('the documents', () => {
  test('governance 48: Given unknown field `enviroments`, when saved, then 422 with line and column.', async () => {
    const document = setOf('typing-error', ['id: no-prod\ntype: deny\nmatch: { enviroments: [prod] }']);
    const problem = await world.refused(policiesCreate, { document }, alice!);
    expect([problem.slug, problem.kind.status]).toEqual(['policy-invalid', 422]);
    const line = document.split('\n').findIndex((text) => text.includes('enviroments')) + 1;
    expect(problem.extras).toMatchObject({ line, column: expect.any(Number) });
    expect(problem.message).toContain('enviroments');
    const linted = await world.done(policiesLint, { document }, alice!);
    expect(linted).toMatchObject({ valid: false, tests: null, faults: [expect.objectContaining({ line, severity: 'error' })] });
  });

  test('each save is a version of its own, and nobody saves over what they have not seen', async () => {
    const first = await world.done(policiesCreate, { document: setOf('versions', [`id: no-a\ntype: deny\nmatch: ${ids('none')}`]) }, alice!);
    expect(first).toMatchObject({ name: 'versions', status: 'draft', version: 1, activeVersion: null, trial: null });
    const edit = {
      id: first.id,
      document: setOf('versions', [`id: no-a\ntype: deny\nenforcement: warn\nmatch: ${ids('none')}`]),
      message: 'Only warn',
    };
    expect((await world.refused(policiesUpdate, edit, alice!, { ifMatch: '7' })).slug).toBe('version-conflict');
    const second = await world.done(policiesUpdate, edit, alice!, { ifMatch: '1' });
    expect(second).toMatchObject({ version: 2, newest: { number: 2, message: 'Only warn', author: { name: 'alice' } } });
    const diff = await world.done(policiesVersionsDiff, { id: first.id, from: 1, to: 2 }, alice!);
    expect(diff.loosens).toBe(true);
    expect(diff.differences).toEqual([expect.objectContaining({ kind: 'changed', before: 'enforce', after: 'warn', loosens: true })]);
    const renamed = { ...edit, document: setOf('another', [`id: no-a\ntype: deny\nmatch: ${ids('none')}`]) };
    expect((await world.refused(policiesUpdate, renamed, alice!)).slug).toBe('validation-failed');
    await expect(
      world.databases.tenant({ tenantId: world.tenants.a }, (db) => db.$client.query('update policy_versions set document = $1', ['x'])),
    ).rejects.toThrow('not rewritten');
  });

  test('a tenant sees no set of another', async () => {
    const set = await world.done(policiesCreate, { document: setOf('ours', [`id: no-a\ntype: deny\nmatch: ${ids('none')}`]) }, alice!);
    const stranger = world.as({ name: 'stranger', tenant: 'b' });
    expect((await world.refused(policiesGet, { id: set.id }, stranger)).slug).toBe('policy-set-not-found');
  });
});

describe('activation', () => {
  test('governance 61: Given failing tests, when activated, then 422 `policy-tests-failed`.', async () => {
    const tests = `  tests:
    - name: the board agrees
      given: { operation: lamps.burn, risk: high }
      expect: { effect: deny }
`;
    const id = await rules.save(setOf('untested', [`id: no-x\ntype: deny\nmatch: ${ids('x')}`]) + tests);
    const problem = await world.refused(policiesVersionsActivate, { id, number: 1 }, alice!);
    expect([problem.slug, problem.kind.status]).toEqual(['policy-tests-failed', 422]);
    expect(problem.extras['failures']).toEqual([expect.objectContaining({ name: 'the board agrees' })]);
  });

  test('governance 62: Given activation by its author alone, when tried, then refused (second person).', async () => {
    const id = await rules.save(setOf('lonely', [`id: no-lonely\ntype: deny\nmatch: ${ids('lonely')}`]));
    const change = await world.accepted(policiesVersionsActivate, { id, number: 1 }, alice!);
    expect(change.state).toBe('awaiting_approval');
    const own = await world.refused(changesApprove, { id: change.id }, alice!);
    expect([own.slug, own.kind.status]).toEqual(['self-approval-forbidden', 403]);
    expect((await world.done(policiesGet, { id }, alice!)).activeVersion).toBeNull();
    expect((await world.done(lampsName, { name: 'lonely' }, alice!)).name).toBe('lonely');
    const tried = await world.call(policiesVersionsActivate, { id, number: 1 }, alice!, { dryRun: true });
    const asks = tried.status === 'planned' ? tried.requirements.map(({ rule }) => rule) : [];
    expect(asks.toSorted()).toEqual(['baseline/high-risk', 'built-in/second-person']);
    await rules.agreed(change);
    expect((await world.refused(lampsName, { name: 'lonely' }, alice!)).slug).toBe('policy-denied');
  });

  test('an older version is one activation away, and the newer one stays', async () => {
    const id = await rules.enforce(setOf('to-and-fro', [`id: no-fro\ntype: deny\nmatch: ${ids('fro')}`]));
    const next = await rules.saveNext(id, setOf('to-and-fro', [`id: no-fro\ntype: deny\nenabled: false\nmatch: ${ids('fro')}`]));
    expect((await world.refused(lampsName, { name: 'fro' }, alice!)).slug).toBe('policy-denied');
    await rules.activate(id, next);
    expect((await world.done(lampsName, { name: 'fro' }, alice!)).name).toBe('fro');
    await rules.activate(id, 1);
    expect((await world.refused(lampsName, { name: 'fro' }, alice!)).slug).toBe('policy-denied');
    const { activations, version, activeVersion } = await world.done(policiesGet, { id }, alice!);
    expect(activations.map((one) => [one.mode, one.version, one.replaced])).toEqual([['now', 1, 2], ['now', 2, 1], ['now', 1, null]]); // prettier-ignore
    expect([version, activeVersion]).toEqual([2, 1]);
    await rules.retire(id);
    expect((await world.done(lampsName, { name: 'fro' }, alice!)).name).toBe('fro');
  });

  test('a version for a percentage of the people holds for those whose turn it is, and for them every time', async () => {
    const id = await rules.enforce(setOf('half', [`id: no-half\ntype: deny\nmatch: ${ids('half')}`]), { mode: 'percentage', percent: 50 });
    const people = Array.from({ length: 40 }, () => world.as());
    const denied = async (): Promise<number[]> => {
      const found = await Promise.all(people.map((person) => world.call(lampsName, { name: 'half' }, person).then(() => 0, () => 1))); // prettier-ignore
      return found;
    };
    const first = await denied();
    const count = first.reduce((sum, one) => sum + one, 0);
    expect(count).toBeGreaterThan(5);
    expect(count).toBeLessThan(35);
    expect(await denied()).toEqual(first);
    const ending = await world.accepted(policiesEndTrial, { id }, alice!);
    expect(ending.state).toBe('awaiting_approval');
    await rules.agreed(ending);
    expect(await denied()).toEqual(people.map(() => 0));
  });
});

describe('trying rules out', () => {
  test('governance 59: Given a draft, when simulated, then the result equals enforcement after activation for the same context and no counter moved.', async () => {
    const draft = setOf('drafted', [
      `id: gold\ntype: deny\nmatch: ${ids('gold')}\nwhen: 'input.name == "gold" && time.hour >= 12'`,
      `id: two\ntype: rate-limit\nmatch: ${ids('silver')}\nrateLimit: { limit: 2, window: 1h, key: [user] }`,
      `id: agree\ntype: approval-required\nmatch: ${ids('bronze')}\napproval: { scopeApprovers: true, count: 1 }`,
    ]);
    const id = await rules.save(draft);
    const simulated = async (name: string) => {
      const { refusal, ruling: said } = await world.done(policiesSimulate, { operation: 'lamps.name', parameters: { name }, setId: id }, alice!);
      return { refused: refusal?.slug ?? null, rule: refusal?.rule ?? null, asks: said.requirements.map(({ rule }) => rule) };
    };
    const before = [];
    for (const name of ['gold', 'silver', 'silver', 'silver', 'bronze', 'lead']) before.push(await simulated(name));
    const counters = await world.databases.tenant({ tenantId: world.tenants.a }, async (db) => (await db.$client.query(`select * from policy_counters where key like '%drafted%'`)).rows); // prettier-ignore
    expect(counters).toEqual([]);
    await rules.activate(id);
    const real = async (name: string) => {
      const passed = await world.call(lampsName, { name }, alice!, { dryRun: true }).catch((error: Problem) => error);
      if ('slug' in passed) return { refused: passed.slug, rule: passed.extras['policyId'], asks: [] };
      return { refused: null, rule: null, asks: passed.status === 'planned' ? passed.requirements.map(({ rule }) => rule) : [] };
    };
    const after = [];
    for (const name of ['gold', 'silver', 'silver', 'silver', 'bronze', 'lead']) after.push(await real(name));
    expect(after).toEqual(before);
    expect(before.map(({ refused, asks }) => refused ?? asks.join())).toEqual(['policy-denied', '', '', '', 'drafted/agree', '']);
    const traced = await world.done(policiesSimulate, { operation: 'lamps.name', parameters: { name: 'gold' }, at: '2026-11-21T15:00:00Z' }, alice!);
    expect(traced.ruling.matched[0]!.trace).toContainEqual(expect.objectContaining({ source: 'time.hour', value: 15 }));
    const early = await world.done(policiesSimulate, { operation: 'lamps.name', parameters: { name: 'gold' }, at: '2026-11-21T09:00:00Z' }, alice!);
    expect(early.refusal).toBeNull();
    await rules.retire(id);
  });

  test('governance 63: Given shadow mode, when requests flow, then outcomes are those of the active version and differences are recorded.', async () => {
    const id = await rules.enforce(setOf('shadowed', [`id: dark\ntype: deny\nmatch: ${ids('dark')}`]));
    const next = await rules.saveNext(id, setOf('shadowed', [`id: dark\ntype: deny\nmatch: ${ids('bright')}`]));
    await rules.activate(id, next, { mode: 'shadow', hours: 2 });
    expect((await world.refused(lampsName, { name: 'dark' }, alice!)).slug).toBe('policy-denied');
    expect((await world.done(lampsName, { name: 'bright' }, alice!)).name).toBe('bright');
    expect((await world.done(lampsName, { name: 'neither' }, alice!)).name).toBe('neither');
    const { items } = await eventually(() => world.done(policiesDifferencesList, { id }, alice!), (found) => found.items.length >= 2); // prettier-ignore
    expect(items.map(({ change, version, active, candidate }) => [change, version, active.effect, candidate.effect])).toEqual([
      ['stricter', next, 'allow', 'deny'],
      ['looser', next, 'deny', 'allow'],
    ]);
    pass(3 * HOUR);
    await world.done(lampsName, { name: 'bright' }, alice!);
    expect((await world.done(policiesGet, { id }, alice!)).trial).toBeNull();
    await rules.retire(id);
  });

  test('governance 64: Given an exemption expires at 12:00, when 12:00:01, then the policy binds again.', async () => {
    const id = await rules.enforce(setOf('excused', [`id: strict\ntype: deny\nmatch: ${ids('excused')}`], '  overridable: true\n'));
    const firm = await rules.enforce(setOf('firm', [`id: strict\ntype: deny\nmatch: ${ids('firm')}`]));
    clock = new Date(Date.UTC(2026, 10, 21, 11));
    const wish = {
      policies: ['excused/strict'],
      users: [alice!.actor.id],
      reason: 'The old lamp has to go today.',
      validUntil: '2026-11-21T12:00:00Z',
    };
    expect((await world.refused(policyExemptionsCreate, { ...wish, policies: ['firm/strict'] }, alice!)).slug).toBe('policy-not-overridable');
    expect((await world.refused(policyExemptionsCreate, { ...wish, validUntil: '2027-01-21T12:00:00Z' }, alice!)).slug).toBe('validation-failed');
    const change = await world.accepted(policyExemptionsCreate, wish, alice!);
    expect((await world.refused(lampsName, { name: 'excused' }, alice!)).slug).toBe('policy-denied');
    await rules.agreed(change);
    clock = new Date(Date.UTC(2026, 10, 21, 11, 59, 59));
    expect((await world.done(lampsName, { name: 'excused' }, alice!)).name).toBe('excused');
    expect((await world.refused(lampsName, { name: 'excused' }, carol!)).slug).toBe('policy-denied');
    clock = new Date(Date.UTC(2026, 10, 21, 12, 0, 1));
    expect((await world.refused(lampsName, { name: 'excused' }, alice!)).slug).toBe('policy-denied');
    const again = await world.accepted(policyExemptionsCreate, { ...wish, validUntil: '2026-11-21T18:00:00Z' }, alice!);
    await rules.agreed(again);
    const [open] = (await world.done(policyExemptionsList, { activeOnly: true }, alice!)).items;
    expect(open).toMatchObject({ status: 'active', createdBy: { name: 'alice' }, changeId: again.id });
    expect((await world.done(lampsName, { name: 'excused' }, alice!)).name).toBe('excused');
    expect((await world.done(policyExemptionsRevoke, { id: open!.id }, bob!)).status).toBe('revoked');
    expect((await world.refused(lampsName, { name: 'excused' }, alice!)).slug).toBe('policy-denied');
    expect((await world.done(policyExemptionsList, {}, alice!)).items.map(({ status }) => status)).toEqual(['revoked', 'expired']);
    await rules.retire(id);
    await rules.retire(firm);
  });
});
