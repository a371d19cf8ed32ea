import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AnyOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { approvalsGet, changesGet, changesList, changesReject } from '#modules/governance/index.ts';
import type { Drawn } from '#modules/workflows/engine/testing.ts';
import { lampsBurn, lampsGet, lampsLight } from './lamps.ts';
import { eventually, one, set, workflowWorld, type WorkflowWorld } from './workflow-world.ts';

let here: WorkflowWorld;
beforeAll(async () => void (here = await workflowWorld()));
afterAll(() => here.world.close());
beforeEach(() => here.beforeEach());

describe('the Gate answers a node', () => {
  test('workflows 48: Operation node with a read Operation returns the same result as the REST call by the same principal', async () => {
    here.lamps.lamps.set('hall', { lit: true, by: 'hand' });
    const { outputs } = await here.run(one({ operation: 'lamps.get', input: { id: '{{ input.id }}' } }), 'start -> op', { id: 'hall' });
    expect(outputs).toEqual({ status: 'done', changeId: null, plan: null, result: await here.world.done(lampsGet, { id: 'hall' }, here.ana) });
    const blind = here.world.as({ permissions: ['lamps:light'] });
    const refused = await here.world.refused(lampsGet, { id: 'hall' }, blind);
    const { status, error } = await here.run(one({ operation: 'lamps.get', input: { id: 'hall' } }), 'start -> op', {}, blind);
    expect([status, (error as { type: string }).type]).toEqual(['failed', refused.slug]);
  });

  test('workflows 49: Operation node denied by policy takes port `denied` with the rule id', async () => {
    const graph: Drawn = { ...one({ operation: 'lamps.light', input: { name: 'forbidden' } }), no: set('input.error'), yes: set('"lit"') };
    const { status, outputs } = await here.run(graph, 'start -> op, op.denied -> no, op -> yes');
    expect(status).toBe('completed');
    expect(outputs).toMatchObject({ type: 'policy-denied', class: 'policy', details: { rules: [expect.stringContaining('no-forbidden')] } });
    expect(here.lamps.calls).toEqual([]);
    const alone = await here.run(one({ operation: 'lamps.light', input: { name: 'forbidden' } }), 'start -> op');
    expect(alone).toMatchObject({ status: 'failed', error: { type: 'policy-denied', class: 'policy' } });
  });

  test('workflows 49: with approval needed the execution pauses and goes on by itself after the decision', async () => {
    const id = await here.begin(
      { ...one({ operation: 'lamps.burn', input: { name: 'old' }, reason: 'it is {{ input.why }}' }), after: set('input.result.burnt') },
      'start -> op -> after',
      { why: 'broken' },
      here.ana,
    );
    const state = async () => (await here.sql<{ status: string }>('select status from workflow_executions where id = $1', [id]))[0]!.status;
    await eventually(state).toBe('paused');
    const [change] = (await here.world.done(changesList, { operation: 'lamps.burn', state: ['awaiting_approval'] }, here.bob)).items;
    expect(change).toMatchObject({ requester: { name: 'ana' }, surface: 'workflow', via: { executionId: id, node: 'op' } });
    expect(await here.world.done(changesGet, { id: change!.id }, here.bob)).toMatchObject({
      comment: 'it is broken',
      decisionId: expect.any(String),
    });
    expect(await here.world.done(approvalsGet, { id: change!.number }, here.bob)).toMatchObject({ via: { executionId: id, node: 'op' } });
    expect(here.lamps.calls).toEqual([]);
    await here.world.approve(change!, here.bob);
    expect(await here.ended(id)).toMatchObject({ status: 'completed', outputs: 'old' });
    expect(here.lamps.calls).toEqual(['burn old']);
  });

  test('a rejected Change is an error of the node', async () => {
    const id = await here.begin(one({ operation: 'lamps.burn', input: { name: 'x' } }), 'start -> op', {}, here.ana);
    await eventually(
      async () => (await here.world.done(changesList, { operation: 'lamps.burn', state: ['awaiting_approval'] }, here.bob)).items.length,
    ).toBe(1);
    const [change] = (await here.world.done(changesList, { operation: 'lamps.burn', state: ['awaiting_approval'] }, here.bob)).items;
    await here.world.call(changesReject, { id: change!.id, comment: 'Not today.' }, here.bob);
    expect(await here.ended(id)).toMatchObject({ status: 'failed', error: { type: 'approval-rejected' } });
  });

  test('workflows 50: Operation node on a selector with 5 targets makes 5 Changes, at most `parallel` at once', async () => {
    let open = (): void => undefined;
    here.lamps.hold = new Promise((resolve) => (open = resolve));
    const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `row-${name}`);
    const config = { operation: 'lamps.light', targets: { items: 'input.names', where: 'item != "row-z"' }, each: { name: 'item' }, parallel: 2 };
    const id = await here.begin(one(config), 'start -> op', { names: [...names, 'row-z'] }, here.ana);
    const changes = async () =>
      (await here.world.done(changesList, { operation: 'lamps.light' }, here.ana)).items.filter(({ via }) => via?.executionId === id);
    await eventually(async () => (await changes()).filter(({ state }) => state === 'running').length).toBe(2);
    expect(await changes()).toHaveLength(2);
    open();
    const { status, outputs } = await here.ended(id);
    expect(status).toBe('completed');
    expect(outputs).toMatchObject({
      count: 5,
      failed: 0,
      targets: names.map((name) => ({ target: name, status: 'done', result: { name, lit: true } })),
    });
    expect(await changes()).toHaveLength(5);
    expect([...here.lamps.calls].sort()).toEqual(names);
  });

  test('one of several that is refused stops what has not begun, or is told of, as it was asked for', async () => {
    const config = { operation: 'lamps.light', targets: { items: '["t-1", "forbidden", "t-2"]' }, each: { name: 'item' }, parallel: 1 };
    const stopped = await here.run({ ...one(config), no: set('input') }, 'start -> op, op.denied -> no');
    expect(stopped.outputs).toMatchObject({
      count: 2,
      failed: 1,
      targets: [{ status: 'done' }, { status: 'denied', error: { type: 'policy-denied' } }],
    });
    const told = await here.run(one({ ...config, onTargetError: 'continue' }), 'start -> op');
    expect(told.outputs).toMatchObject({ count: 3, failed: 1, targets: [{ status: 'done' }, { status: 'denied' }, { status: 'done' }] });
    const many = await here.run(one({ ...config, targets: { items: '["a", "b", "c"]', limit: 2 } }), 'start -> op');
    expect(many).toMatchObject({ status: 'failed', error: { type: 'limit-exceeded' } });
  });

  test('of what leaves no Change a plan says what it is, and whoever may not is refused', async () => {
    const input = { name: 'kept', type: 'transform' };
    const templates = () => here.sql('select id from node_templates');
    const plan = (who = here.ana) => here.run(one({ operation: 'nodeTemplates.create', input, mode: 'plan' }), 'start -> op', {}, who);
    expect((await plan()).outputs).toMatchObject({ status: 'planned', plan: { plan: { changes: [] } } });
    const stranger = here.world.as({ permissions: ['lamps:light'] });
    expect(await plan(stranger)).toMatchObject({ status: 'failed', error: { type: 'permission-denied' } });
    const may: Drawn = { ask: ['security', { action: 'authorize', operation: 'nodeTemplates.create', operationInput: input }], yes: set('"may"'), no: set('"may not"') }; // prettier-ignore
    const asked = async (who = here.ana) => (await here.run(may, 'start -> ask, ask.pass -> yes, ask.fail -> no', {}, who)).outputs;
    expect([await asked(), await asked(stranger)]).toEqual(['may', 'may not']);
    expect(await templates()).toEqual([]);
  });

  test('a plan is told and nothing is done; what is only started is not waited for', async () => {
    const plan = await here.run(one({ operation: 'lamps.light', input: { name: 'p' }, mode: 'plan' }), 'start -> op');
    expect(plan.outputs).toMatchObject({ status: 'planned', changeId: null, plan: { risk: 'write', plan: { summary: 'Light lamp p' } } });
    expect(here.lamps.calls).toEqual([]);
    let open = (): void => undefined;
    here.lamps.hold = new Promise((resolve) => (open = resolve));
    const started = await here.run(one({ operation: 'lamps.light', input: { name: 's' }, wait: 'started' }), 'start -> op');
    expect(started.outputs).toMatchObject({ status: 'accepted', changeId: expect.any(String) });
    open();
    await here.world.settled({ id: (started.outputs as { changeId: string }).changeId }, here.ana);
  });

  test('a job that fails is an error of the node, with its Change', async () => {
    here.lamps.fail = new Problem('invalid-transition', 'The bulb is broken.');
    const { status, error } = await here.run(
      one({ operation: 'lamps.light', input: { name: 'broken' } }, { retry: { maxAttempts: 1 } }),
      'start -> op',
    );
    expect([status, error]).toMatchObject(['failed', { type: 'operation-failed', details: { changeId: expect.any(String) } }]);
  });

  test.each([
    ['without permission', () => here.world.as({ permissions: ['lamps:read'] }), lampsLight, { name: 'hall' }],
    ['out of scope', () => here.world.as({ scope: { any: [{ environments: ['dev'] }] } }), lampsLight, { name: 'hall', environment: 'prod' }],
    ['against a rule', () => here.ana, lampsLight, { name: 'forbidden' }],
    ['above the highest risk', () => here.world.as({ maxRisk: 'write' }), lampsBurn, { name: 'x' }],
    ['with a wrong input', () => here.ana, lampsLight, { name: '' }],
  ] as const)('the same forbidden call is refused alike by a node and over REST and MCP: %s', async (_why, who, operation, input) => {
    const person = who();
    const refusals = await Promise.all(
      (['rest', 'mcp', 'cli'] as const).map((surface) =>
        here.world.call(operation as AnyOperation, input, person, {}, surface).catch((error: unknown) => error),
      ),
    );
    const slugs = refusals.map((refusal) => (refusal instanceof Problem ? refusal.slug : 'allowed'));
    const { status, error } = await here.run(one({ operation: operation.name, input: { ...input } }), 'start -> op', {}, person);
    expect([status, (error as { type: string }).type, ...slugs]).toEqual(['failed', slugs[0], slugs[0], slugs[0], slugs[0]]);
    expect(slugs[0]).not.toBe('allowed');
  });

  test('what is not offered to workflows is not there for them', async () => {
    const { status, error } = await here.run(one({ operation: 'changes.emergency', input: {} }), 'start -> op');
    expect([status, (error as { type: string }).type]).toEqual(['failed', 'not-found']);
  });
});
