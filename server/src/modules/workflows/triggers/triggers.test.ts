import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { appendEvents } from '#kernel/events.ts';
import { providerOf } from '#kernel/port.ts';
import type { Scope } from '#kernel/scope.ts';
import { createFlows, type Flows } from '#test/flows.ts';
import type { Drawn } from '../engine/testing.ts';
import type { Json } from '../graph.ts';
import { Surroundings } from '../surroundings.ts';
import { createTriggerFanOut, wants } from './events/fan-out.ts';
import { eventRound } from './events/worker.ts';
import { scheduleRound } from './schedule/scheduler.ts';
import type { Start } from '../providers/port.ts';
import type { EventDeps } from './events/start.ts';

let clock = new Date();
let flows: Flows;
let account: string;
let deps: EventDeps;
const MINUTE = 60_000;
beforeAll(async () => {
  flows = await createFlows({ now: () => clock });
  account = flows.account(flows.as({ name: 'robot' }));
  deps = { databases: flows.databases, live: flows.live, now: () => clock, engine: flows.engine, asService: (_tenantId, id) => flows.asService(id), hearing: (...asked) => providerOf(flows.adapters)(Surroundings).hearing(...asked), publicUrl: 'http://x', onError: (error) => void flows.faults.push(String(error)) };
}); // prettier-ignore
afterAll(() => flows.close());
beforeEach(() => {
  clock = new Date();
});
afterEach(() => expect(flows.faults).toEqual([]));

const set = (expression: string) => ({ set: ['transform', { mode: 'expression', expression }] as const });
const started = (triggerId: string) => flows.rows<{ id: string; inputs: Record<string, Json>; status: string; causation_depth: number }>('select id, inputs, status, causation_depth from workflow_executions where trigger_id = $1 order by id', [triggerId]); // prettier-ignore
const dues = (triggerId: string) => flows.rows<{ state: string; reason: string | null; due_at: Date }>('select state, reason, due_at from workflow_dues where trigger_id = $1 order by due_at', [triggerId]); // prettier-ignore
const starts = (triggerId: string) => flows.rows<{ state: string; reason: string | null }>('select state, reason from workflow_event_starts where trigger_id = $1 order by created_at, id', [triggerId]); // prettier-ignore
const announce = (type: string, data: Record<string, unknown>) =>
  flows.databases
    .tenant({ tenantId: flows.tenantId }, (db) => appendEvents(db, flows.tenantId, [{ type, data }], null))
    .then(() => flows.live.publish('outbox'));
const soon = <T>(look: () => Promise<T>) => expect.poll(look, { timeout: 60_000, interval: 50 });

describe('schedules', () => {
  const every = { mode: 'schedule', type: 'interval', every: { value: 30, unit: 'minutes' } };

  test('a due time starts the workflow as its account, and is told to it', async () => {
    const due = new Date(Math.floor((clock.getTime() - 5_000) / 1_000) * 1_000);
    const { triggerId } = await flows.launch({ ...every, startAt: due.toISOString() }, set('trigger.scheduledAt'), 'start -> set', { account, nextRunAt: due });
    await soon(async () => (await started(triggerId)).length).toBe(1);
    const [one] = await started(triggerId);
    expect((await flows.ended(one!.id)).outputs).toBe(due.toISOString());
    const [row] = await flows.rows<{ next_run_at: Date; last_run_at: Date }>('select next_run_at, last_run_at from workflow_triggers where id = $1', [triggerId]);
    expect([row!.next_run_at, row!.last_run_at]).toEqual([new Date(due.getTime() + 30 * MINUTE), due]);
  }); // prettier-ignore

  test('workflows 60: from the clock on, after two hours of downtime `catchUp` none, last and all start 0, 1 and n executions.', async () => {
    const since = new Date(Math.floor(clock.getTime() / MINUTE) * MINUTE - 125 * MINUTE);
    const launch = (catchUp: string) => flows.launch({ ...every, startAt: since.toISOString(), catchUp, overlap: 'allow' }, set('1'), 'start -> set', { account, nextRunAt: new Date(since.getTime() + 30 * MINUTE) }); // prettier-ignore
    const found = await Promise.all(['none', 'last', 'all'].map(launch));
    await soon(async () => Promise.all(found.map(async ({ triggerId }) => (await started(triggerId)).length))).toEqual([0, 1, 4]);
    expect((await dues(found[0]!.triggerId)).map(({ state }) => state)).toEqual(['missed', 'missed', 'missed', 'missed']);
    const told = await flows.rows<{ data: Json }>("select data from events where type = 'workflow.schedule_missed' and data->>'triggerId' = $1", [found[0]!.triggerId]); // prettier-ignore
    expect(told.map(({ data }) => data)).toMatchObject([{ missed: 4 }]);
  });

  test('workflows 61: `overlap: skip` records the skipped due time; `queue` runs after the former.', async () => {
    const first = new Date(Math.floor(clock.getTime() / 1_000) * 1_000 - 3_000);
    const slow: Drawn = { wait: ['wait_event', { kind: 'event', types: ['custom.go'] }] };
    const launch = (overlap: string) => flows.launch({ mode: 'schedule', type: 'interval', every: { value: 1, unit: 'seconds' }, startAt: first.toISOString(), endAt: new Date(first.getTime() + 1_000).toISOString(), catchUp: 'all', overlap }, slow, 'start -> wait', { account, nextRunAt: first }); // prettier-ignore
    const skipping = await launch('skip');
    const queueing = await launch('queue');
    await soon(async () => (await dues(skipping.triggerId)).map(({ state }) => state)).toEqual(['started', 'skipped']);
    await soon(async () => (await dues(queueing.triggerId)).map(({ state }) => state)).toEqual(['started', 'queued']);
    expect((await dues(skipping.triggerId))[1]!.reason).toContain('had not ended');
    const [former] = await started(queueing.triggerId);
    await soon(async () => (await started(queueing.triggerId))[0]!.status).toBe('waiting');
    await announce('custom.go', {});
    expect((await flows.ended(former!.id)).status).toBe('completed');
    await vi.waitUntil(async () => ((clock = new Date()), (await dues(queueing.triggerId))[1]!.state === 'started'), { timeout: 60_000, interval: 100 }); // prettier-ignore
  });

  test('workflows 59: With four workers a schedule fires exactly once per due time over 1000 due times.', async () => {
    const from = new Date(Math.floor(clock.getTime() / 1_000) * 1_000 + 3_600_000);
    const { triggerId } = await flows.launch({ mode: 'schedule', type: 'interval', every: { value: 1, unit: 'seconds' }, startAt: from.toISOString(), catchUp: 'all', overlap: 'allow' }, set('1'), 'start -> set', { account, nextRunAt: from }); // prettier-ignore
    let now = from;
    // The engine is told and does nothing: what is counted are the starts.
    const accepted: string[] = [];
    const engine = { ...flows.engine(), accept: async (_db: unknown, start: Start) => (start.trigger.triggerId === triggerId && accepted.push(String(start.payload['scheduledAt'])), { executionId: crypto.randomUUID(), replayed: false, status: 'queued' }), begin: () => undefined }; // prettier-ignore
    const workers = Array.from({ length: 4 }, () => ({ ...deps, now: () => now, engine: () => engine as never }));
    for (let batch = 0; batch < 50; batch += 1) {
      now = new Date(from.getTime() + (batch * 20 + 19) * 1_000 + 500);
      await Promise.all(workers.map((worker) => scheduleRound(worker)));
    }
    // What one worker had in hand when another looked is picked up in a last round.
    now = new Date(now.getTime() + 40_000);
    await flows.rows('update workflow_triggers set next_run_at = null where id = $1', [triggerId]);
    await Promise.all(workers.map((worker) => scheduleRound(worker)));
    const wanted = Array.from({ length: 1_000 }, (_, at) => new Date(from.getTime() + at * 1_000).toISOString());
    expect(accepted.toSorted()).toEqual(wanted);
    expect((await dues(triggerId)).every(({ state }) => state === 'started')).toBe(true);
  });

  test('without an account, or with one that is gone, nothing is started and the reason is kept', async () => {
    const due = new Date(clock.getTime() - 1_000);
    const { triggerId } = await flows.launch({ ...every, startAt: due.toISOString() }, set('1'), 'start -> set', { nextRunAt: due });
    await soon(async () => (await dues(triggerId)).map(({ state }) => state)).toEqual(['failed']);
    expect((await dues(triggerId))[0]!.reason).toContain('no service account');
  });
});

describe('events', () => {
  beforeEach(async () => void (await flows.rows("update workflow_triggers set state = 'retired'")));
  const listen = (more: Record<string, Json>, nodes: Parameters<Flows['launch']>[1] = set('trigger.event.data.data'), lines = 'start -> set') =>
    flows.launch({ mode: 'event', ...more }, nodes, lines, { account });

  test('workflows 62: An event starts one execution per trigger although it is delivered three times.', async () => {
    const [one, two] = [await listen({ types: ['custom.paid.*'], filter: 'event.data.data.n > 1' }), await listen({ types: ['custom.*'] })];
    await announce('custom.paid.now', { subject: null, data: { n: 2 } });
    await announce('custom.paid.now', { subject: null, data: { n: 1 } });
    await soon(async () => [(await starts(one.triggerId)).map(({ state }) => state).toSorted(), (await starts(two.triggerId)).length]).toEqual([['filtered', 'started'], 2]); // prettier-ignore
    const [found] = await flows.rows<{ id: string; tenant_id: string; type: string; created_at: Date; data: Record<string, unknown>; seq: string }>("select * from events where type = 'custom.paid.now' order by seq limit 1"); // prettier-ignore
    const again = {
      id: found!.id,
      tenantId: flows.tenantId,
      type: found!.type,
      time: found!.created_at,
      changeId: null,
      data: found!.data,
      seq: Number(found!.seq),
    };
    const fanOut = createTriggerFanOut({ now: () => clock, wake: () => undefined });
    for (let time = 0; time < 2; time += 1) await flows.databases.platform('test', (db) => fanOut(db, [again]));
    await eventRound(deps);
    expect(await started(one.triggerId)).toHaveLength(1);
    expect((await flows.ended((await started(one.triggerId))[0]!.id)).outputs).toEqual({ n: 2 });
  });

  test('several events start one execution when they come in a row, or in a batch', async () => {
    const quiet = await listen({ types: ['custom.busy'], debounceSeconds: 1 });
    const batched = await listen({ types: ['custom.busy'], batch: { max: 3, windowSeconds: 3_600 } }, set('size(trigger.events)'));
    for (const n of [1, 2, 3]) await announce('custom.busy', { data: { n } });
    await vi.waitUntil(async () => ((clock = new Date()), (await starts(quiet.triggerId)).map(({ state }) => state).toSorted().join() === 'merged,merged,started'), { timeout: 60_000, interval: 100 }); // prettier-ignore
    expect((await flows.ended((await started(quiet.triggerId))[0]!.id)).outputs).toEqual({ n: 3 });
    await soon(async () => (await started(batched.triggerId)).length).toBe(1);
    expect((await flows.ended((await started(batched.triggerId))[0]!.id)).outputs).toBe(3);
  });

  test('workflows 63: Two workflows that trigger each other are stopped at causation depth 8 and reported.', async () => {
    const emit = (type: string) => ({ emit: ['emit_event', { type }] as const });
    const ping = await listen({ types: ['custom.ping'] }, emit('custom.pong'), 'start -> emit');
    const pong = await listen({ types: ['custom.pong'] }, emit('custom.ping'), 'start -> emit');
    await announce('custom.ping', { data: null });
    const reported = () => flows.rows<{ data: Json }>("select data from events where type = 'workflow.event_loop_stopped'");
    await soon(async () => (await reported()).length).toBe(1);
    expect((await reported())[0]!.data).toMatchObject({ depth: 9, reason: expect.stringContaining('a chain ends at 8') });
    const depths = [...(await started(ping.triggerId)), ...(await started(pong.triggerId))].map(({ causation_depth: depth }) => depth);
    expect(depths.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('a workflow that raises the alarm to which it listens is stopped, and messages of nodes start nothing', async () => {
    const self = await listen({ types: ['alert.raised'] }, { raise: ['monitoring', { action: 'alert.raise', key: 'k' }] as const }, 'start -> raise');
    await announce('alert.raised', { key: 'k' });
    const reported = () => flows.rows<{ id: string }>(`select id from events where type = 'workflow.event_loop_stopped' and data->>'triggerId' = '${self.triggerId}'`);
    await soon(async () => (await reported()).length).toBe(1);
    expect((await started(self.triggerId)).length).toBeLessThanOrEqual(11);
    const row = { kind: 'event', config: { types: ['*'] }, workflowId: 'w', eventTypes: ['*'] };
    expect(['workflow.message_sent', 'notification.sent', 'execution.queued', 'alert.raised'].map((type) => wants(row, { type, data: {} }))).toEqual([false, false, false, true]);
    // One that is refused something would otherwise be started by that, and be refused again.
    expect(['workflow', 'rest'].map((surface) => wants(row, { type: 'access.denied', data: { surface } }))).toEqual([false, true]);
  }); // prettier-ignore

  test('a trigger hears only of what the account that it runs as may read, there where it may', async () => {
    const as = (name: string, options: Parameters<Flows['as']>[0]) => flows.account(flows.as({ name, ...options }));
    const elsewhere: Scope = { any: [{ type: 'workflow', environments: ['dev'] }] };
    const types = ['execution.failed'];
    const hears = (robot: string, mode: Record<string, Json> = { mode: 'event', types }) => flows.launch(mode, set('trigger.kind'), 'start -> set', { account: robot });
    const blind = await hears(as('blind', { permissions: ['workflows:*', 'servers:read'] }));
    const far = await hears(as('far', { permissions: ['*'], scope: elsewhere }));
    const error = await hears(as('blind too', { permissions: ['workflows:*'] }), { mode: 'error' });
    const near = await hears(as('near', { permissions: ['executions:read'], scope: { any: [{ type: 'workflow', environments: ['prod'] }] } }));
    const failing = await flows.launch({ mode: 'manual' }, { bad: ['fail', { message: 'it broke' }] }, 'start -> bad', { settings: { environment: 'prod' } });
    const { actor } = flows.as({ name: 'ana' });
    await flows.engine().start({ tenantId: flows.tenantId, workflowId: failing.workflowId, version: 1, trigger: { kind: 'manual' }, payload: { kind: 'manual', body: {} }, principal: actor, startedBy: { kind: 'user', id: actor.id, name: 'ana' } });
    const states = () => Promise.all([blind, far, error, near].map(async ({ triggerId }) => (await starts(triggerId)).map(({ state }) => state)));
    await soon(states).toEqual([['filtered'], ['filtered'], ['filtered'], ['started']]);
    expect((await starts(blind.triggerId))[0]!.reason).toContain('may not read');
    expect(await Promise.all([blind, far, error].map(({ triggerId }) => started(triggerId)))).toEqual([[], [], []]);
  }); // prettier-ignore

  test('workflows 66: An error workflow gets the error context and does not trigger itself.', async () => {
    const handler = await flows.launch({ mode: 'error' }, { bad: ['fail', { message: 'handler broke' }] }, 'start -> bad', { account });
    const failing = await flows.launch({ mode: 'manual' }, { bad: ['fail', { message: 'it broke' }] }, 'start -> bad');
    const actor = flows.as({ name: 'ana' }).actor;
    const { executionId } = await flows.engine().start({ tenantId: flows.tenantId, workflowId: failing.workflowId, version: 1, trigger: { kind: 'manual' }, payload: { kind: 'manual', body: {} }, principal: actor, startedBy: { kind: 'user', id: actor.id, name: 'ana' } }); // prettier-ignore
    await soon(async () => (await started(handler.triggerId)).length).toBe(1);
    const [run] = await started(handler.triggerId);
    expect(run!.inputs).toMatchObject({ kind: 'error', workflow: { id: failing.workflowId }, execution: { id: executionId, status: 'failed' }, failedNode: { key: 'bad' }, link: expect.stringContaining(executionId) }); // prettier-ignore
    expect(JSON.stringify(run!.inputs['error'])).toContain('it broke');
    expect((await flows.ended(run!.id)).status).toBe('failed');
    await announce('custom.afterwards', {});
    await soon(async () => (await flows.rows("select id from events where type = 'custom.afterwards' and dispatched_at is not null")).length).toBe(1);
    await eventRound(deps);
    expect(await started(handler.triggerId)).toHaveLength(1);
    await flows.rows("update workflow_triggers set state = 'retired' where id = $1", [handler.triggerId]);
  });

  test('an error workflow is started by failures that are bad enough, and told how bad', async () => {
    const hears = (minSeverity?: string) => ['partial', 'failed', 'timed_out', 'completed'].flatMap((name) => [{}, { priority: 'high' }].map((more) => wants({ kind: 'error', config: minSeverity ? { minSeverity } : {}, workflowId: 'w', eventTypes: [] }, { type: `execution.${name}`, data: { workflowId: 'other', ...more } })));
    expect([hears('warning'), hears('error'), hears('critical')].map((one) => one.map(Number).join(''))).toEqual(['11111100', '00111100', '00010100']);
    expect(hears()).toEqual(hears('error'));
    const handler = await flows.launch({ mode: 'error', minSeverity: 'warning' }, set('trigger.severity'), 'start -> set', { account });
    const half: Drawn = { bad: ['fail', { message: 'half broke' }], good: ['transform', { mode: 'expression', expression: '1' }] };
    const failing = await flows.launch({ mode: 'manual' }, half, 'start -> bad, start -> good', { settings: { failureMode: 'continue_on_error' } });
    const { actor } = flows.as({ name: 'ana' });
    const { executionId } = await flows.engine().start({ tenantId: flows.tenantId, workflowId: failing.workflowId, version: 1, trigger: { kind: 'manual' }, payload: { kind: 'manual', body: {} }, principal: actor, startedBy: { kind: 'user', id: actor.id, name: 'ana' } });
    expect((await flows.ended(executionId)).status).toBe('partial_success');
    await soon(async () => (await started(handler.triggerId)).length).toBe(1);
    expect((await flows.ended((await started(handler.triggerId))[0]!.id)).outputs).toBe('warning');
    await flows.rows("update workflow_triggers set state = 'retired' where id = $1", [handler.triggerId]);
  }); // prettier-ignore
});
