import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { provide } from '#kernel/port.ts';
import { LampPort, lampModule, lampsBurn, lampServer, lampsName } from '#test/lamps.ts';
import { eventually, ids, ruling, setOf } from '#test/rules.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import { policies } from './index.ts';

const server = lampServer();
/** A Saturday, at noon in Greenwich. */
const SATURDAY = Date.UTC(2026, 10, 21, 12);
let clock = new Date(SATURDAY);
const now = (): Date => clock;
const pass = (ms: number): Date => (clock = new Date(clock.getTime() + ms));
const HOUR = 3_600_000;
let world: World;
let [alice, bob]: Person[] = [];
let rules: ReturnType<typeof ruling>;

beforeAll(async () => {
  world = await createWorld({ modules: [policies, lampModule], adapters: () => [provide(LampPort, server)], now });
  [alice, bob] = ['alice', 'bob'].map((name) => world.as({ name }));
  rules = ruling(world, alice!, bob!);
});
afterAll(() => world.close());
beforeEach(() => {
  clock = new Date(SATURDAY);
});

describe('what rules demand', () => {
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

  test('who is to be told of a call is told once it is let through, and canaries come first', async () => {
    const id = await rules.enforce(
      setOf('telling', [
        `id: tell\ntype: notify\nmatch: ${ids('told')}\nnotify: { to: [team:netops] }\nmessage: A lamp has a name.`,
        `id: one-first\ntype: canary\nmatch: ${ids('few')}\ncanary: { targets: 1 }`,
      ]),
    );
    await world.done(lampsName, { name: 'told' }, alice!);
    const told = () => world.databases.tenant({ tenantId: world.tenants.a }, async (db) => (await db.$client.query<{ data: object }>(`select data from events where type = 'policy.notified'`)).rows); // prettier-ignore
    const found = await eventually(told, (rows) => rows.length > 0);
    expect(found.map(({ data }) => data)).toEqual([
      expect.objectContaining({ policyId: 'telling/tell', operation: 'lamps.name', to: ['team:netops'] }),
    ]);
    expect((await world.done(lampsName, { name: 'few' }, alice!)).name).toBe('few');
    await rules.retire(id);
  });
});
