import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { appendEvents } from '#kernel/events.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { approvalsApprove, approvalsReject } from '#modules/governance/index.ts';
import { createFlows, type Flows } from '#test/flows.ts';
import type { Person } from '#test/world.ts';
import { approvalFormsDecide } from '../approvals/operations/approvalForms.decide.ts';
import { approvalFormsGet } from '../approvals/operations/approvalForms.get.ts';
import { requestCancel } from '../engine/control.ts';
import { draw, type Drawn } from '../engine/testing.ts';
import { WorkflowSettings, type Json } from '../graph.ts';
import { validateGraph } from '../validation/index.ts';
import { triggerOperations } from './list.ts';

let clock = new Date();
let flows: Flows;
let account: string;
const MINUTE = 60_000;
beforeAll(async () => {
  flows = await createFlows({ now: () => clock });
  account = flows.account(flows.as({ name: 'robot' }));
});
afterAll(() => flows.close());
beforeEach(() => {
  clock = new Date();
});
afterEach(() => expect(flows.faults).toEqual([]));

const set = (expression: string) => ({ set: ['transform', { mode: 'expression', expression }] as const });
const started = (triggerId: string) =>
  flows.rows<{ id: string }>('select id from workflow_executions where trigger_id = $1 order by id', [triggerId]);
const announce = (type: string, data: Record<string, unknown>) =>
  flows.databases
    .tenant({ tenantId: flows.tenantId }, (db) => appendEvents(db, flows.tenantId, [{ type, data }], null))
    .then(() => flows.live.publish('outbox'));
const soon = <T>(look: () => Promise<T>) => expect.poll(look, { timeout: 60_000, interval: 50 });

describe('waits', () => {
  const manual = async (nodes: Parameters<Flows['launch']>[1], lines: string, body: Json = {}, as = flows.as({ name: 'ana' })) => {
    const { workflowId } = await flows.launch({ mode: 'manual' }, nodes, lines);
    const { actor } = as;
    return flows.engine().start({ tenantId: flows.tenantId, workflowId, version: 1, trigger: { kind: 'manual' }, payload: { kind: 'manual', body }, principal: actor, startedBy: { kind: 'user', id: actor.id, name: actor.name } }); // prettier-ignore
  };
  const statusOf = async (id: string) =>
    (await flows.rows<{ status: string }>('select status from workflow_executions where id = $1', [id]))[0]!.status;

  test('workflows 55: Wait for event catches an event that came between start and registration.', async () => {
    const nodes: Drawn = { pause: ['delay', { mode: 'for', for: { value: 2, unit: 'seconds' } }], wait: ['wait_event', { types: ['custom.early.*'], match: 'event.data.data.n == 2' }] }; // prettier-ignore
    const { executionId } = await manual(nodes, 'start -> pause -> wait');
    await announce('custom.early.one', { data: { n: 1 } });
    await announce('custom.early.two', { data: { n: 2 } });
    expect((await flows.ended(executionId)).outputs).toMatchObject({ event: { type: 'custom.early.two', data: { data: { n: 2 } } } });
  });

  test('workflows 53: Sub-workflow passes inputs and outputs, is cancelled with its parent, and a static cycle is refused at publish.', async () => {
    const callable = (nodes: Drawn, edges: string) => flows.launch({ mode: 'workflow' }, nodes, edges);
    const twice = await callable(set('input.n * 2'), 'start -> set');
    const { executionId } = await manual({ sub: ['sub_workflow', { workflow: twice.workflowId, inputs: '{"n": input.n + 1}' }] }, 'start -> sub', { n: 20 });
    expect((await flows.ended(executionId)).outputs).toBe(42);
    const slow = await callable({ wait: ['wait_event', { types: ['custom.never'] }] }, 'start -> wait');
    const parent = await manual({ sub: ['sub_workflow', { workflow: slow.workflowId }] }, 'start -> sub');
    const children = () => flows.rows<{ id: string; status: string }>('select id, status from workflow_executions where parent_id = $1', [parent.executionId]);
    await soon(async () => (await children()).map(({ status }) => status)).toEqual(['waiting']);
    await stop(parent.executionId);
    expect((await flows.ended(parent.executionId)).status).toBe('cancelled');
    await soon(async () => (await children()).map(({ status }) => status)).toEqual(['cancelled']);
    const itself = draw({ start: ['trigger', { mode: 'workflow' }], sub: ['sub_workflow', { workflow: 'again' }] }, 'start -> sub');
    const limits = { nodes: 500, connections: 1_000, graphBytes: 1_000_000, triggers: 10, scheduleSeconds: 10, pinnedBytes: 1_000_000, webhooks: { used: 0, most: 10 } };
    const facts = { workflowId: 'w', operations: new Map(), secrets: undefined, variables: undefined, webhookPaths: new Set<string>(), workflows: [{ id: 'w', slug: 'again', callable: true, calls: ['w'] }], limits, timezone: 'UTC', now: clock };
    expect(validateGraph(facts, itself, WorkflowSettings.parse({})).errors.map(({ rule }) => rule)).toEqual(['V28']);
  }); // prettier-ignore

  test('workflows 39: Delay of 3 days holds no worker and survives a restart of everything.', async () => {
    const { executionId } = await manual({ pause: ['delay', { mode: 'for', for: { value: 3, unit: 'days' } }], ...set('input') }, 'start -> pause -> set', { n: 1 }); // prettier-ignore
    await soon(() => statusOf(executionId)).toBe('waiting');
    const [row] = await flows.rows<{ lease_owner: number | null; wake_at: Date }>('select lease_owner, wake_at from workflow_executions where id = $1', [executionId]); // prettier-ignore
    expect(row!.lease_owner).toBeNull();
    expect(Math.round((row!.wake_at.getTime() - clock.getTime()) / 3_600_000)).toBe(72);
    // Another process on the same database, and three days later.
    const later = await createFlows({
      databaseUrl: flows.databaseUrl,
      tenants: flows.tenants,
      now: () => new Date(Date.now() + 3 * 86_400_000 + MINUTE),
    });
    try {
      await flows.rows("update execution_waits set due_at = now() - interval '1 second' where execution_id = $1", [executionId]);
      await flows.rows("update workflow_executions set wake_at = now() where id = $1", [executionId]); // prettier-ignore
      await soon(() => statusOf(executionId)).toBe('completed');
    } finally {
      await later.close();
    }
  });
});

/** Asks that an execution be stopped. */
async function stop(id: string): Promise<void> {
  const asked = { reason: 'Enough.', force: true, by: { id: 'x', name: 'somebody' } };
  await flows.databases.tenant({ tenantId: flows.tenantId }, (db) => requestCancel(db, { tenantId: flows.tenantId, id }, asked));
  flows.engine().nudge(id);
}

describe('people', () => {
  const ask = (more: Record<string, Json> = {}): Drawn => ({ ok: ['approval', { title: 'Go on with {{ input.n }}?', body: 'Because.', ...more }], yes: ['transform', { mode: 'expression', expression: 'input.decision + " " + input.comment' }], no: ['transform', { mode: 'expression', expression: '"no"' }] }); // prettier-ignore
  const lines = 'start -> ok, ok.approved -> yes, ok.rejected -> no';
  const begin = async (nodes: Drawn, edges: string, body: Json, actor: Person['actor']) => {
    const { workflowId } = await flows.launch({ mode: 'manual' }, nodes, edges);
    return flows.engine().start({ tenantId: flows.tenantId, workflowId, version: 1, trigger: { kind: 'manual' }, payload: { kind: 'manual', body }, principal: actor, startedBy: { kind: 'user', id: actor.id, name: actor.name } }); // prettier-ignore
  };
  const asked = (executionId: string) => flows.rows<{ id: string; summary: string; via: Json }>("select id, summary, via from changes where via->>'executionId' = $1 order by number", [executionId]); // prettier-ignore

  test('an approval is one of the platform: whoever started it is barred, somebody else decides, and the execution goes on by itself', async () => {
    const [ana, ben] = [flows.as({ name: 'ana' }), flows.as({ name: 'ben' })];
    const { executionId } = await begin(ask(), lines, { n: 7 }, ana.actor);
    await soon(async () => (await asked(executionId)).length).toBe(1);
    const [change] = await asked(executionId);
    expect(change).toMatchObject({ summary: 'Go on with 7?', via: { executionId } });
    await soon(async () => (await flows.rows<{ status: string }>('select status from workflow_executions where id = $1', [executionId]))[0]!.status).toBe('paused'); // prettier-ignore
    expect((await flows.refused(approvalsApprove, { id: change!.id }, ana)).slug).toBe('self-approval-forbidden');
    await flows.done(approvalsApprove, { id: change!.id, comment: 'Fine with me.' }, ben);
    expect((await flows.ended(executionId)).outputs).toBe('approved Fine with me.');
  });

  test('whoever agrees may change what stands in the form, and is reminded in between: the execution goes on with what was agreed to', async () => {
    const [ana, ben] = [flows.as({ name: 'ana' }), flows.as({ name: 'ben' })];
    const form = { type: 'object', properties: { size: { enum: ['small', 'large'], default: 'small' }, count: { type: 'integer', minimum: 1 } }, required: ['size', 'count'], additionalProperties: false };
    const order = (more: Record<string, Json> = {}): Drawn => ({ ok: ['approval', { title: 'Order {{ input.n }}?', form, values: '{"count": input.n}', ...more }], yes: ['transform', { mode: 'expression', expression: 'input.form' }] });
    const begun = async (n: number, more: Record<string, Json> = {}) => {
      const { executionId } = await begin(order(more), 'start -> ok, ok.approved -> yes', { n }, ana.actor);
      await soon(async () => (await flows.rows<{ status: string }>('select status from workflow_executions where id = $1', [executionId]))[0]!.status).toBe('paused');
      return { id: executionId, changeId: (await asked(executionId))[0]!.id };
    };
    const mine = await begun(2, { remind: [{ value: 1, unit: 'seconds' }], channels: ['nowhere'] });
    expect(await flows.done(approvalFormsGet, mine, ben)).toMatchObject({ title: 'Order 2?', state: 'awaiting_approval', form, values: { size: 'small', count: 2 } });
    const reminders = () => flows.rows<{ data: { approvers: string[]; round: number } }>("select data from events where type = 'approval.reminder' and data->>'changeId' = $1", [mine.changeId]);
    await soon(async () => (await reminders()).map(({ data }) => [data.round, data.approvers.includes(ben.actor.id), data.approvers.includes(ana.actor.id)])).toEqual([[1, true, false]]);
    await soon(async () => (await flows.rows('select id from execution_waits where execution_id = $1 and change_id = $2', [mine.id, mine.changeId])).length).toBe(2);
    const warnings = await flows.rows<{ message: string }>("select message from execution_logs where execution_id = $1 and level = 'warn'", [mine.id]);
    expect(warnings.every(({ message }) => message.includes('"nowhere"')) && warnings.length > 0).toBe(true);
    const decide = (values: Json, of = mine) => ({ ...of, values, comment: 'A larger one.' });
    expect((await flows.refused(approvalFormsDecide, decide({ size: 'large', count: 3 }), ana)).slug).toBe('self-approval-forbidden');
    expect((await flows.refused(approvalFormsDecide, decide({ size: 'huge', count: 3 }), ben)).slug).toBe('validation-failed');
    await flows.done(approvalFormsDecide, decide({ size: 'large', count: 3 }), ben);
    expect((await flows.ended(mine.id)).outputs).toEqual({ size: 'large', count: 3 });
    expect((await flows.refused(approvalFormsDecide, decide({ size: 'small', count: 1 }), ben)).slug).toBe('approval-closed');
    const plain = await begun(4);
    await flows.done(approvalsApprove, { id: plain.changeId }, ben);
    expect((await flows.ended(plain.id)).outputs).toEqual({ size: 'small', count: 4 });
    // Nobody alters alone what several have to agree to.
    const both = await begun(5, { minApprovals: 2 });
    expect((await flows.refused(approvalFormsDecide, decide({ size: 'large', count: 5 }, both), ben)).slug).toBe('not-eligible');
    for (const who of [ben, flows.as({ name: 'cem' })]) await flows.done(approvalsApprove, { id: both.changeId }, who);
    expect((await flows.ended(both.id)).outputs).toEqual({ size: 'small', count: 5 });
    expect((await flows.refused(approvalFormsGet, { id: both.id, changeId: mine.changeId }, ben)).slug).toBe('not-found');
  }); // prettier-ignore

  test('when the execution is stopped nobody is asked any longer', async () => {
    const ana = flows.as({ name: 'ana' });
    const { executionId } = await begin(ask(), lines, { n: 8 }, ana.actor);
    await soon(async () => (await asked(executionId)).length).toBe(1);
    await stop(executionId);
    expect((await flows.ended(executionId)).status).toBe('cancelled');
    await soon(async () => (await flows.rows<{ state: string }>("select state from changes where via->>'executionId' = $1", [executionId])).map(({ state }) => state)).toEqual(['cancelled']); // prettier-ignore
  });

  test('workflows 36: An Approval inside a loop body asks once per item.', async () => {
    const [ana, ben] = [flows.as({ name: 'ana' }), flows.as({ name: 'ben' })];
    const nodes: Drawn = { each: ['loop', { type: 'for_each', items: 'input.list', parallel: 3 }], ok: ['approval', { title: 'Item {{ input }}?' }] };
    const { executionId } = await begin(nodes, 'start -> each, each.body -> ok, ok.approved -> each.next, ok.rejected -> each.next', { list: [1, 2, 3] }, ana.actor);
    await soon(async () => (await asked(executionId)).map(({ summary }) => summary).toSorted()).toEqual(['Item 1?', 'Item 2?', 'Item 3?']);
    for (const { id, summary } of await asked(executionId))
      if (summary === 'Item 2?') await flows.done(approvalsReject, { id, comment: 'Not this one.' }, ben);
      else await flows.done(approvalsApprove, { id }, ben);
    const { outputs } = await flows.ended(executionId);
    expect((outputs as { results: { decision: string }[] }).results.map(({ decision }) => decision)).toEqual(['approved', 'rejected', 'approved']);
    expect(await asked(executionId)).toHaveLength(3);
  }); // prettier-ignore

  test('workflows 5.3: `approval: require` lets a node act only once people have agreed to these very settings; a refusal is its error, and nothing was done', async () => {
    const [ana, ben] = [flows.as({ name: 'ana' }), flows.as({ name: 'ben' })];
    const act: Drawn = { act: ['emit_event', { type: 'custom.acted', subject: '{{ input.subject }}', data: '{"n": input.n}' }, { approval: 'require' }], no: ['transform', { mode: 'expression', expression: 'error.type' }] };
    const done = (subject: string) => flows.rows<{ id: string }>("select id from events where type = 'custom.acted' and data->>'subject' = $1", [subject]);
    const statusOf = async (id: string) => (await flows.rows<{ status: string }>('select status from workflow_executions where id = $1', [id]))[0]!.status;
    const held = async (subject: string) => {
      const { executionId } = await begin(act, 'start -> act, act.error -> no', { n: 5, subject }, ana.actor);
      await soon(() => statusOf(executionId)).toBe('paused');
      const [change, ...others] = await flows.rows<{ id: string; summary: string; plan: Json }>("select id, summary, plan from changes where via->>'executionId' = $1", [executionId]);
      expect([others, await done(subject)]).toEqual([[], []]);
      return { executionId, change: change! };
    };
    const yes = await held('yes');
    expect(yes.change.summary).toBe('Let "act" act?');
    expect(JSON.stringify(yes.change.plan)).toContain('custom.acted');
    expect((await flows.refused(approvalsApprove, { id: yes.change.id }, ana)).slug).toBe('self-approval-forbidden');
    await flows.done(approvalsApprove, { id: yes.change.id }, ben);
    expect((await flows.ended(yes.executionId)).status).toBe('completed');
    expect(await done('yes')).toHaveLength(1);
    const no = await held('no');
    await flows.done(approvalsReject, { id: no.change.id, comment: 'Not today.' }, ben);
    expect(await flows.ended(no.executionId)).toMatchObject({ status: 'completed', outputs: 'approval-rejected' });
    const stopped = await held('stopped');
    await stop(stopped.executionId);
    expect((await flows.ended(stopped.executionId)).status).toBe('cancelled');
    expect([await done('no'), await done('stopped')]).toEqual([[], []]);
  }); // prettier-ignore

  test('workflows 64: A scheduled workflow whose service principal lost a right fails that node with permission-denied and tells its owner.', async () => {
    const robot = flows.as({ name: 'weak', permissions: ['nothing:read'] });
    const due = new Date(clock.getTime() - 1_000);
    const { triggerId } = await flows.launch({ mode: 'schedule', type: 'once', at: due.toISOString() }, { read: ['operation', { operation: 'workflows.list', input: {} }] }, 'start -> read', { account: flows.account(robot), nextRunAt: due, settings: { notify: { onFailure: true, onRecovery: false, onSuccess: false } } });
    await soon(async () => (await started(triggerId)).length).toBe(1);
    const [run] = await started(triggerId);
    const { status, error } = await flows.ended(run!.id);
    expect({ status, error }).toMatchObject({ status: 'failed', error: { type: 'permission-denied', class: 'permission' } });
    const [workflow] = await flows.rows<{ owner_id: string }>('select owner_id from workflows where id = (select workflow_id from workflow_executions where id = $1)', [run!.id]);
    const told = () => flows.rows<{ data: { recipients: string[] } }>("select data from events where type = 'workflow.message_sent' and data->>'key' like $1", [`execution:${run!.id}%`]);
    await soon(async () => (await told())[0]?.data.recipients).toEqual([workflow!.owner_id]);
  }); // prettier-ignore
});

describe('in the builder', () => {
  const hidden = ['workflows.hookTests.create', 'workflows.hookTests.get', 'workflows.schedule.preview'].map((name) => triggerOperations.find((one) => one.name === name)!); // prettier-ignore

  test('due times of the draft are shown, and one call is listened for and shown to whoever listens', async () => {
    const [create, get, preview] = hidden as [AnyOperation, AnyOperation, AnyOperation];
    const [ana, ben] = [flows.as({ name: 'ana' }), flows.as({ name: 'ben' })];
    clock = new Date('2026-03-28T12:00:00Z');
    const daily = await flows.launch({ mode: 'schedule', cron: '0 2 * * *', timezone: 'Europe/Berlin' }, set('1'), 'start -> set', { account });
    const { items } = (await flows.done(preview, { id: daily.workflowId }, ana)) as { items: { at: string; timezone: string }[] };
    expect(items).toHaveLength(10);
    expect(items.slice(0, 2).map(({ at }) => at)).toEqual(['2026-03-29T01:00:00.000Z', '2026-03-30T00:00:00.000Z']);
    const broken = await flows.launch({ mode: 'schedule', cron: 'never' }, set('1'), 'start -> set', { account });
    expect((await flows.refused(preview, { id: broken.workflowId }, ana)).slug).toBe('node-config-invalid');
    clock = new Date();
    const { workflowId, graph } = await flows.launch({ mode: 'webhook' }, set('1'), 'start -> set', { account });
    const listening = (await flows.done(create, { id: workflowId, nodeId: graph.nodes[0]!.id }, ana)) as { testId: string; path: string };
    const post = () => flows.app.inject({ method: 'POST', url: listening.path, headers: { host: 'localhost:8420', 'content-type': 'application/json' }, payload: '{"n":1}' });
    expect((await post()).json()).toEqual({ received: true });
    expect((await post()).statusCode).toBe(404);
    const asked = { id: workflowId, testId: listening.testId };
    expect(await flows.done(get, asked, ana)).toMatchObject({ received: { kind: 'webhook', method: 'POST', body: { n: 1 } } });
    expect((await flows.refused(get, asked, ben)).slug).toBe('workflow-trigger-not-found');
    expect(await flows.rows('select id from workflow_executions where workflow_id = $1', [workflowId])).toEqual([]);
  }); // prettier-ignore
});
