import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { provide } from '#kernel/port.ts';
import type { Problem } from '#kernel/problem.ts';
import { decisionsGet } from '#modules/audit/index.ts';
import { changesApprove, changesGet } from '#modules/governance/index.ts';
import { LampPort, lampModule, lampsBurn, lampServer, lampsGet, lampsLong, lampsName } from '#test/lamps.ts';
import { ruling, setOf } from '#test/rules.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import {
  policies, policiesCreate, policiesDifferencesList, policiesEndTrial, policiesExplain, policiesGet, policiesLint, policiesSimulate,
  policiesUpdate, policiesVersionsActivate, policiesVersionsDiff, policyExemptionsCreate,
} from './index.ts'; // prettier-ignore

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

const ids = (...names: string[]): string => `{ resources: { ids: [${names.join(', ')}] } }`;
const eventually = async <T>(look: () => Promise<T>, good: (found: T) => boolean): Promise<T> => {
  for (let tries = 0; ; tries += 1) {
    const found = await look();
    if (good(found) || tries > 200) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
const decisionOf = (problem: Problem): string => problem.extras['decisionId'] as string;

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

  test('what a rule in force now forbids is not done, although it was allowed and agreed to before', async () => {
    const change = await world.accepted(lampsBurn, { name: 'late' }, alice!);
    const id = await rules.enforce(setOf('late', [`id: no-late\ntype: deny\nmatch: ${ids('late')}`]));
    await world.approve(change, bob!);
    const ended = await world.settled(change, alice!);
    expect([ended.state, (ended.problem as { type: string }).type.split('/').at(-1)]).toEqual(['failed', 'policy-denied']);
    expect(server.calls).not.toContain('burn late');
    await rules.retire(id);
    const second = await world.accepted(lampsName, { name: 'later', environment: 'prod' }, alice!);
    const more = await rules.enforce(
      setOf('more', [`id: two\ntype: approval-required\nmatch: ${ids('later')}\napproval: { scopeApprovers: true, count: 2 }`]),
    );
    await world.approve(second, bob!);
    expect((await world.settled(second, alice!)).problem).toMatchObject({ detail: expect.stringContaining('was not given') });
    await rules.retire(more);
  });

  test('a warning goes with the answer, and a dry run that a rule asks for opens the way', async () => {
    const id = await rules.enforce(
      setOf('gentle', [
        `id: mind\ntype: deny\nenforcement: warn\nmatch: ${ids('gentle')}\nmessage: Mind the lamp.`,
        `id: try-first\ntype: require-dry-run\nmatch: { resources: { ids: [tried] } }\ndryRun: { maxAge: 30m }`,
        `id: few\ntype: limit-targets\nmatch: ${ids('few')}\nlimitTargets: { max: 1, per: change }`,
        `id: ticket\ntype: require-ticket\nmatch: ${ids('ticket')}\nticket: { pattern: "^CHG-[0-9]+$" }`,
      ]),
    );
    expect((await world.call(lampsName, { name: 'gentle' }, alice!)).warnings).toEqual(['gentle/mind: Mind the lamp.']);
    expect((await world.refused(lampsName, { name: 'tried' }, alice!)).slug).toBe('dry-run-required');
    expect(await world.call(lampsName, { name: 'tried' }, alice!, { dryRun: true })).toMatchObject({ status: 'planned' });
    expect((await world.refused(lampsName, { name: 'tried' }, bob!)).slug).toBe('dry-run-required');
    expect((await world.done(lampsName, { name: 'tried' }, alice!)).name).toBe('tried');
    pass(HOUR);
    expect((await world.refused(lampsName, { name: 'tried' }, alice!)).slug).toBe('dry-run-required');
    expect((await world.refused(lampsName, { name: 'ticket' }, alice!, { ticket: 'INC-1' })).slug).toBe('ticket-required');
    expect((await world.done(lampsName, { name: 'ticket' }, alice!, { ticket: 'CHG-17' })).name).toBe('ticket');
    await rules.retire(id);
  });

  test('a rule that asks for a fresh proof refuses who has not shown any', async () => {
    const id = await rules.enforce(setOf('fresh', [`id: fresh\ntype: require-step-up\nmatch: ${ids('fresh')}\nstepUp: { within: 15m, amr: [hwk] }`]));
    const problem = await world.refused(lampsName, { name: 'fresh' }, alice!);
    expect([problem.slug, problem.kind.status]).toEqual(['step-up-required', 401]);
    const proven = world.as({ name: 'proven' });
    Object.assign(proven.actor, { proof: { at: new Date(SATURDAY - 60_000), level: 2, factors: ['webauthn'], methods: ['pwd', 'hwk', 'mfa'] } });
    expect((await world.done(lampsName, { name: 'fresh' }, proven)).name).toBe('fresh');
    Object.assign(proven.actor, { proof: { at: new Date(SATURDAY - 60_000), level: 2, factors: ['totp'], methods: ['pwd', 'otp', 'mfa'] } });
    expect((await world.refused(lampsName, { name: 'fresh' }, proven)).slug).toBe('step-up-required');
    await rules.retire(id);
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
      const { refusal, ruling: said } = await world.done(policiesSimulate, { operation: 'lamps.name', input: { name }, setId: id }, alice!);
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
    const traced = await world.done(policiesSimulate, { operation: 'lamps.name', input: { name: 'gold' }, at: '2026-11-21T15:00:00Z' }, alice!);
    expect(traced.ruling.matched[0]!.trace).toContainEqual(expect.objectContaining({ source: 'time.hour', value: 15 }));
    const early = await world.done(policiesSimulate, { operation: 'lamps.name', input: { name: 'gold' }, at: '2026-11-21T09:00:00Z' }, alice!);
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
    await rules.retire(id);
    await rules.retire(firm);
  });
});
