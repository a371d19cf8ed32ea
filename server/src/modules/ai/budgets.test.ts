import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Ai, AiAccounts, type AiAccount, type AiRequest, type AiUsage } from '#kernel/ai.ts';
import { newId } from '#kernel/ids.ts';
import { provide, providerOf } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { createEgress } from '#modules/workflows/egress/adapter.ts';
import { Egress } from '#modules/workflows/egress/port.ts';
import { startModels, useModels, type ModelServer } from '#test/models.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import { ai, aiBudgetsGet, aiBudgetsSet, aiUsageGet } from './index.ts';
import { createLedger } from './ledger.ts';
import { sweepAi } from './upkeep.ts';

let world: World;
let models: ModelServer;
let ana: Person;
const clock = { at: new Date('2026-11-21T10:00:00Z') };

beforeAll(async () => {
  models = await startModels();
  world = await createWorld({
    modules: [ai],
    now: () => clock.at,
    adapters: (parts) => [provide(Egress, createEgress({ allowPrivateTargets: true, closed: new Set(), now: parts.now }))],
  });
  ana = world.as({ name: 'ana' });
  await useModels(world, ana, models);
});
afterAll(async () => {
  await world.close();
  await models.close();
});
/** Each test has a day of its own. */
beforeEach(async () => {
  clock.at = new Date(clock.at.getTime() + 32 * 86_400_000);
  models.script.length = 0;
  models.asked.length = 0;
  models.otherwise = () => ({ text: 'ok', usage: { in: 60, out: 40 } });
  await world.done(aiBudgetsSet, { items: [] }, ana);
});

/** At most 100 tokens of answer and fewer than 100 of question. */
const complete = (more: Partial<AiRequest> = {}, workflowId?: string) =>
  providerOf(world.adapters)(Ai).complete({
    origin: { tenantId: world.tenants.a, actor: ana.actor, purpose: 'llm', ...(workflowId ? { workflowId } : {}) },
    messages: [{ role: 'user', text: 'hello' }],
    maxTokens: 100,
    signal: new AbortController().signal,
    ...more,
  });
async function refusal(work: Promise<unknown>): Promise<Record<string, unknown>> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Problem && error.slug === 'ai-budget-exceeded') return error.extras;
  throw new Error(`no refusal: ${String(error)}`, { cause: error });
}
const events = async (type: string): Promise<Record<string, unknown>[]> => {
  const text = 'select data from events where type = $1 and tenant_id = $2 order by seq';
  const { rows } = await world.databases.platform('test', (db) => db.$client.query<{ data: Record<string, unknown> }>(text, [type, world.tenants.a]));
  return rows.map(({ data }) => data);
};
const taking = (inputTokens: number, outputTokens: number, cost = 0): AiUsage => ({ inputTokens, outputTokens, cost });
function ledgerOf(more: Partial<Parameters<typeof createLedger>[0]> = {}) {
  const { databases, live, now } = world;
  const surroundings = () => ({ tokensPerDay: async () => null });
  return createLedger({ databases, live, now, surroundings, platformTokens: undefined, onError: (error) => { throw error; }, ...more });
} // prettier-ignore
const sweep = (): Promise<void> =>
  world.databases.tenant({ tenantId: world.tenants.a }, (db) =>
    sweepAi({ db, tenantId: world.tenants.a, now: world.now, provider: providerOf(world.adapters) }),
  );
const tokens = (most: number, period: 'day' | 'month' = 'day', workflowId: string | null = null) => ({
  workflowId,
  period,
  tokens: most,
  cost: null,
});

describe('workflows 102: Token and cost budgets stop who asks; nothing is spent beyond the reservation', () => {
  test('a call whose most does not fit is refused before anything is sent', async () => {
    await world.done(aiBudgetsSet, { items: [tokens(200)] }, ana);
    await complete();
    expect(await refusal(complete())).toMatchObject({ level: 'tenant for a day', unit: 'tokens', limit: 200, used: 100 });
    expect(models.asked).toHaveLength(1);
    clock.at = new Date(clock.at.getTime() + 86_400_000);
    await complete();
  });

  test('of many at once no more are let through than fit, whatever each of them takes', async () => {
    await world.done(aiBudgetsSet, { items: [tokens(1_000)] }, ana);
    const ended = await Promise.allSettled(Array.from({ length: 12 }, () => complete()));
    const done = ended.filter(({ status }) => status === 'fulfilled').length;
    const { items } = await world.done(aiBudgetsGet, {}, ana);
    expect(items[0]).toMatchObject({ used: { tokens: done * 100 }, reserved: { tokens: 0 } });
    expect([done >= 5, done <= 10, models.asked.length]).toEqual([true, true, done]);
  });

  test('cost, the month and the day of a workflow are bounds of their own', async () => {
    const workflowId = newId();
    await world.done(aiBudgetsSet, { items: [{ workflowId: null, period: 'day', tokens: null, cost: 300 }] }, ana);
    await complete();
    expect(await refusal(complete())).toMatchObject({ unit: 'cost', limit: 300, used: 140 });
    await world.done(aiBudgetsSet, { items: [tokens(200, 'day', workflowId)] }, ana);
    await complete({}, workflowId);
    expect(await refusal(complete({}, workflowId))).toMatchObject({ level: 'workflow for a day' });
    await world.done(aiBudgetsSet, { items: [tokens(300, 'month')] }, ana);
    clock.at = new Date(clock.at.getTime() + (clock.at.getUTCDate() > 20 ? -1 : 1) * 86_400_000);
    expect(await refusal(complete())).toMatchObject({ level: 'tenant for a month', used: 200 });
  });

  test('bounds that the caller keeps count of hold for all tries of a call together', async () => {
    const bound = (most: number) => ({ bounds: [{ name: 'node', tokens: { most, spent: 500 }, cost: { most: 10_000, spent: 0 } }] });
    expect(await refusal(complete(bound(600)))).toMatchObject({ level: 'node', limit: 600, used: 500 });
    await complete(bound(800));
    models.script.push({ text: 'it breaks off after a while', cutAfter: 6, usage: { in: 60, out: 60 } });
    expect(await refusal(complete(bound(650)))).toMatchObject({ level: 'node' });
    expect(models.asked).toHaveLength(2);
  });

  test('what a process left behind when it died is held until its time is over, and then counted where it belongs', async () => {
    await world.done(aiBudgetsSet, { items: [tokens(300)] }, ana);
    const workflowId = newId();
    const dead = ledgerOf();
    const origin = { tenantId: world.tenants.a, actor: ana.actor, purpose: 'planner' as const, workflowId };
    await dead.reserve(origin, 'lab/large', taking(150, 50, 7), [], 20);
    expect(await refusal(complete())).toMatchObject({ used: 200 });
    clock.at = new Date(clock.at.getTime() + 120_000);
    expect(await refusal(complete())).toMatchObject({ used: 200 });
    await sweep();
    const day = clock.at.toISOString().slice(0, 10);
    const spent = { inputTokens: 150, outputTokens: 50, cost: 7, calls: 1 };
    expect(await world.done(aiUsageGet, { from: day, to: day }, ana)).toMatchObject({
      total: spent, models: [{ model: 'lab/large', ...spent }], purposes: [{ purpose: 'planner', ...spent }], workflows: [{ workflowId, ...spent }],
    });
    await sweep();
    expect((await world.done(aiBudgetsGet, {}, ana)).items[0]).toMatchObject({ used: { tokens: 200 }, reserved: { tokens: 0 } });
  }); // prettier-ignore

  test('a settlement counts once, however often and however late it comes, and one that fails counts as it was set aside', async () => {
    const faults: Error[] = [];
    let isDown = false;
    const { databases } = world;
    const tenant: typeof databases.tenant = (context, work) => (isDown ? Promise.reject(new Error('down')) : databases.tenant(context, work));
    const ledger = ledgerOf({ databases: { ...databases, tenant }, onError: (error) => void faults.push(error) });
    const origin = { tenantId: world.tenants.a, actor: ana.actor, purpose: 'llm' as const };
    const reserved = async () => (await ledger.reserve(origin, 'lab/small', taking(100, 100), [], 20));
    const used = async () => (await world.done(aiBudgetsGet, {}, ana)).items[0]!.used.tokens;
    const [twice, late, lost, free] = [await reserved(), await reserved(), await reserved(), await reserved()];
    await ledger.settle(twice, taking(10, 5));
    await ledger.settle(twice, taking(10, 5));
    await ledger.settle(free, undefined);
    expect(await used()).toBe(15);
    isDown = true;
    await ledger.settle(lost, taking(1, 1));
    isDown = false;
    expect(faults.map(({ message }) => message)).toEqual([expect.stringContaining('was not written down')]);
    clock.at = new Date(clock.at.getTime() + 120_000);
    await sweep();
    await ledger.settle(late, taking(1, 1));
    expect(await used()).toBe(415);
  }); // prettier-ignore

  test('an agent and its execution pay together for whatever they call, of many at once no more than fits', async () => {
    const accounts = providerOf(world.adapters)(AiAccounts);
    const [execution, agent, child] = [newId(), newId(), newId()];
    const open = (account: AiAccount) => world.databases.tenant({ tenantId: world.tenants.a }, (db) => accounts.open(db, world.tenants.a, account));
    await open({ id: execution, name: 'execution', tokens: 1_000 });
    await open({ id: agent, name: 'agent', above: execution, tokens: 500 });
    await open({ id: child, name: 'execution', above: agent });
    const by = (accountId: string) => complete({ origin: { tenantId: world.tenants.a, actor: ana.actor, purpose: 'llm', accountId } });
    const ended = await Promise.allSettled(Array.from({ length: 20 }, (_, at) => by(at % 2 === 0 ? child : agent)));
    const done = ended.filter(({ status }) => status === 'fulfilled').length;
    expect([done >= 2, done <= 5, models.asked.length]).toEqual([true, true, done]);
    for (let at = done; at < 4; at++) await by(child);
    expect(await refusal(by(child))).toMatchObject({ level: 'agent', limit: 500, used: 400 });
    // Opened anew, as after a crash, it has spent what it has spent.
    await open({ id: agent, name: 'agent', above: execution, tokens: 500 });
    expect(await refusal(by(agent))).toMatchObject({ level: 'agent', used: 400 });
    const bound = { bounds: [{ name: 'node', accountId: agent, tokens: { most: 450, spent: 0 } }] };
    expect(await refusal(complete({ origin: { tenantId: world.tenants.a, actor: ana.actor, purpose: 'agent', accountId: agent }, ...bound }))).toMatchObject({ level: 'node', used: 400 });
    for (let at = 4; at < 9; at++) await by(execution);
    expect(await refusal(by(execution))).toMatchObject({ level: 'execution', limit: 1_000, used: 900 });
    await by(newId());
    // Of another tenant the same ids are nobody's.
    await ledgerOf().reserve({ tenantId: world.tenants.b, actor: ana.actor, purpose: 'llm', accountId: agent }, 'lab/small', taking(5_000, 0), [], 20);
  }); // prettier-ignore

  test('the installation has a bound above all tenants', async () => {
    const ledger = ledgerOf({ platformTokens: 250 });
    const ask = (tenantId: string) => ledger.reserve({ tenantId, actor: ana.actor, purpose: 'llm' }, 'lab/small', taking(100, 50), [], 20);
    const first = await ask(world.tenants.a);
    expect(await refusal(ask(world.tenants.b))).toMatchObject({ level: 'installation for a day', limit: 250, used: 150 });
    await ledger.settle(first, taking(50, 10));
    await ask(world.tenants.b);
  });
});

test('those who look after budgets are told at 50, 80 and 100 percent, and of a refusal once', async () => {
  await world.done(aiBudgetsSet, { items: [tokens(1_000)] }, ana);
  const [warned, refused] = [await events('ai.budget_warning'), await events('ai.budget_exceeded')];
  models.otherwise = () => ({ text: 'ok', usage: { in: 260, out: 0 } });
  for (let at = 0; at < 4; at++) await complete({ maxTokens: 20 });
  const told = (await events('ai.budget_warning')).slice(warned.length);
  expect(told.map(({ percent, level }) => [percent, level])).toEqual([50, 100].map((percent) => [percent, 'tenant for a day']));
  await refusal(complete());
  await refusal(complete());
  expect((await events('ai.budget_exceeded')).slice(refused.length)).toMatchObject([
    { level: 'tenant for a day', unit: 'tokens', limit: 1_000, used: 1_040 },
  ]);
});

test('usage is told by day, model, purpose and workflow, and only by days that are asked for', async () => {
  const workflowId = newId();
  const day = clock.at.toISOString().slice(0, 10);
  await complete({}, workflowId);
  await complete({ model: 'lab/large' });
  const found = await world.done(aiUsageGet, { from: day, to: day }, ana);
  expect(found.total).toEqual({ inputTokens: 120, outputTokens: 80, cost: 280, calls: 2 });
  expect(found.days).toEqual([{ day, inputTokens: 120, outputTokens: 80, cost: 280, calls: 2 }]);
  expect(found.models.map(({ model, calls }) => [model, calls])).toEqual([['lab/large', 1], ['lab/small', 1]]); // prettier-ignore
  expect(found.purposes).toMatchObject([{ purpose: 'llm', calls: 2 }]);
  expect(found.workflows).toMatchObject([{ workflowId, calls: 1 }]);
  const wrong = world.done(aiUsageGet, { from: '2026-11-21', to: '2026-11-20' }, ana);
  await expect(wrong).rejects.toThrow('ends before it begins');
});
