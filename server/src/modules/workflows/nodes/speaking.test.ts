import { describe, expect, test } from 'vitest';
import { adapters, provide } from '#kernel/port.ts';
import type { Reach } from '#kernel/scope.ts';
import type { WorkContext } from '#kernel/work.ts';
import type { Json } from '../graph.ts';
import { nodeRun, runOf, wakeOf } from '#test/node-told.ts';
import { Surroundings } from '../surroundings.ts';
import { Agreements, Callbacks, Messenger, type Notice } from '../people.ts';
import { approval } from './approval/index.ts';
import { delay } from './delay/index.ts';
import { emitEvent } from './emit_event/index.ts';
import { notify } from './notify/index.ts';
import { respond } from './respond/index.ts';
import { subWorkflow } from './sub_workflow/index.ts';
import { waitEvent } from './wait_event/index.ts';

const now = new Date('2026-11-21T00:00:00Z');

describe('delay', () => {
  test('it waits for a time, until a moment or for a window, and never holds a worker for long', async () => {
    const input = { at: '2026-11-21T00:10:00Z' };
    const run = nodeRun({ input, now });
    expect(await runOf(delay, { mode: 'for', for: { value: 3, unit: 'days' } }, run)).toEqual({ waits: [{ kind: 'timer', at: new Date('2026-11-24T00:00:00Z') }] }); // prettier-ignore
    expect(await runOf(delay, { mode: 'until', until: 'input.at' }, run)).toEqual({ waits: [{ kind: 'timer', at: new Date(input.at) }] });
    expect(await runOf(delay, { mode: 'until', until: '"2020-01-01T00:00:00Z"' }, run)).toEqual({ output: input });
    const window = { cron: '0 22 * * *', minutes: 240, timezone: 'UTC' };
    expect(await runOf(delay, { mode: 'window', window }, run)).toEqual({ output: input });
    expect(await runOf(delay, { mode: 'window', window: { ...window, minutes: 60 } }, run)).toEqual({ waits: [{ kind: 'timer', at: new Date('2026-11-21T22:00:00Z') }] }); // prettier-ignore
    expect(await wakeOf(delay, { for: { value: 1, unit: 'days' } }, run, { kind: 'timer' })).toEqual({ output: input });
  });

  test('what it cannot make a time of is an error, and in a dry run it waits for nothing', async () => {
    await expect(runOf(delay, { mode: 'until', until: '"soon"' }, nodeRun())).rejects.toMatchObject({ type: 'type-error' });
    await expect(runOf(delay, { mode: 'for', for: { value: 91, unit: 'days' } }, nodeRun())).rejects.toMatchObject({ type: 'node-config-invalid' });
    await expect(runOf(delay, { mode: 'window' }, nodeRun())).rejects.toMatchObject({ type: 'node-config-invalid' });
    expect(await runOf(delay, { mode: 'for', for: { value: 9, unit: 'days' } }, nodeRun({ dryRun: true, input: 1 }))).toEqual({ output: 1 });
    expect(delay.check!({ mode: 'window', window: { timezone: 'Mars/Olympus' } })).toHaveLength(1);
  });
});

describe('respond', () => {
  test('workflows 54: Respond answers the caller with status, headers and body; a second Respond is ignored with a warning.', async () => {
    const run = nodeRun({ input: { n: 1 } });
    expect(await runOf(respond, { status: 201, headers: { 'X-Kind': 'a\r\nSet-Cookie: x' } }, run)).toEqual({ output: { n: 1 } });
    expect(run.answers[0]).toEqual({ status: 201, headers: { 'x-kind': 'a Set-Cookie: x' }, body: { n: 1 }, bodyType: 'json' });
    expect(run.logs).toEqual([]);
    expect(await runOf(respond, { bodyType: 'text', body: 'again' }, run)).toEqual({ output: 'again' });
    expect(run.logs.map(({ level }) => level)).toEqual(['warn']);
  });

  test('a redirect needs a web address, and a file its bytes', async () => {
    const bytes = Buffer.from('hello');
    const run = nodeRun({ files: { f1: bytes } });
    await runOf(respond, { bodyType: 'redirect', body: 'https://example.com/a' }, run);
    expect(run.answers[0]).toMatchObject({ status: 302, headers: { location: 'https://example.com/a' } });
    await expect(runOf(respond, { bodyType: 'redirect', body: 'javascript:alert(1)' }, run)).rejects.toMatchObject({ type: 'type-error' });
    await runOf(respond, { bodyType: 'file', body: { $file: 'f1', name: 'a.txt', mime: 'text/plain', size: 5 } }, run);
    expect(run.answers.at(-1)?.body).toEqual({ name: 'a.txt', mime: 'text/plain', base64: bytes.toString('base64') });
    await expect(runOf(respond, { bodyType: 'file', body: 'f1' }, run)).rejects.toMatchObject({ type: 'type-error' });
    expect(respond.config.safeParse({ headers: { 'Bad Name': 'x' } }).success).toBe(false);
  });
});

describe('wait for event', () => {
  const config = { types: ['custom.order.*'], match: 'event.data.data.id == input.id', correlation: 'order', timeout: { value: 1, unit: 'hours' } };
  const event = (id: number, subject = 'order', type = 'custom.order.paid') => ({ kind: 'event' as const, event: { id: String(id), type, time: now.toISOString(), data: { subject, data: { id } } } }); // prettier-ignore

  test('it counts from the start of the execution, and goes on waiting for what it wants', async () => {
    const startedAt = new Date('2026-11-20T23:00:00Z');
    let reach: Reach = [{ grantId: 'g', scope: { all: true } }];
    const hears = { hearing: async () => reach } as unknown as Surroundings;
    const run = nodeRun({ input: { id: 7 }, now, startedAt, adapters: adapters(provide(Surroundings, hears)) });
    const waits = [{ kind: 'event', types: ['custom.*'], since: startedAt }, { kind: 'timer', at: new Date('2026-11-21T01:00:00Z') }]; // prettier-ignore
    const state = { until: '2026-11-21T01:00:00.000Z' };
    expect(await runOf(waitEvent, config, run)).toEqual({ waits, state });
    for (const other of [event(8), event(7, 'other'), event(7, 'order', 'custom.ticket.opened')])
      expect(await wakeOf(waitEvent, config, run, other, state)).toEqual({ waits, state });
    expect(await wakeOf(waitEvent, config, run, event(7), state)).toEqual({ output: { event: event(7).event } });
    reach = [];
    expect(await wakeOf(waitEvent, config, run, event(7), state)).toEqual({ waits, state });
    expect(await wakeOf(waitEvent, config, run, { kind: 'timer' }, state)).toEqual({ to: 'timeout', output: { timedOut: true, input: { id: 7 } } });
  });

  test('an address is told once and is the same after a crash; a form waits for people', async () => {
    const found = adapters(provide(Callbacks, { token: ({ executionId, path }) => `${executionId}/${path}`, url: (token) => `https://x/hooks/resume/${token}` })); // prettier-ignore
    const run = nodeRun({ adapters: found });
    expect(await runOf(waitEvent, { kind: 'webhook' }, run)).toMatchObject({ waits: [{ kind: 'input', token: `${run.executionId}/` }] });
    expect(run.told[0]).toMatchObject({ type: 'input.requested', payload: { callbackUrl: `https://x/hooks/resume/${run.executionId}/` } });
    const form = { type: 'object' };
    expect(await runOf(waitEvent, { kind: 'form', form, assignees: ['a'] }, run)).toMatchObject({ paused: true, waits: [{ kind: 'input', form, assignees: ['a'] }] }); // prettier-ignore
    const by = { id: 'p', name: 'Ana' };
    expect(await wakeOf(waitEvent, { kind: 'form' }, run, { kind: 'input', value: { ok: true }, by })).toEqual({
      output: { value: { ok: true }, by },
    });
    await expect(runOf(waitEvent, { kind: 'event' }, run)).rejects.toMatchObject({ type: 'node-config-invalid' });
    expect(await runOf(waitEvent, { kind: 'form' }, nodeRun({ dryRun: true }))).toEqual({ output: { assumed: true } });
  });
});

describe('sub-workflow', () => {
  const ended = (id: string, status = 'completed', outputs: unknown = id) => ({ id, status, outputs: outputs as string, error: null });

  test('inputs go in, outputs come out, and what becomes of the other one is the end of the node', async () => {
    const run = nodeRun({ input: { n: 1 } });
    const slept = await runOf(subWorkflow, { workflow: 'other', inputs: '{"m": input.n + 1}' }, run);
    expect(slept).toMatchObject({ waits: [{ kind: 'child', executionIds: ['child-0'] }] });
    expect(run.children).toEqual([{ workflow: 'other', inputs: { m: 2 }, tag: '0' }]);
    const { state } = slept as unknown as { state: Json };
    expect(await wakeOf(subWorkflow, { workflow: 'other' }, run, { kind: 'child', executions: [ended('child-0', 'completed', 42)] }, state)).toEqual({ output: 42 }); // prettier-ignore
    const wake = (status: string, onChildCancel: string) => wakeOf(subWorkflow, { workflow: 'other', onChildCancel }, run, { kind: 'child', executions: [ended('child-0', status)] }, state); // prettier-ignore
    await expect(wake('failed', 'error')).rejects.toMatchObject({ type: 'child-failed' });
    await expect(wake('cancelled', 'cancel')).rejects.toMatchObject({ type: 'cancelled', class: 'cancelled' });
    expect(await runOf(subWorkflow, { workflow: 'other', wait: false }, nodeRun())).toEqual({ output: { executionId: 'child-0' } });
  });

  test('a list is walked so many at a time, in order', async () => {
    const run = nodeRun({ input: [1, 2, 3] });
    const config = { workflow: 'other', mode: 'each', parallel: 2, inputs: '{"x": item, "at": index}' };
    const first = (await runOf(subWorkflow, config, run)) as unknown as { state: Json };
    expect(run.children.map(({ inputs }) => inputs)).toEqual([{ x: 1, at: 0 }, { x: 2, at: 1 }]); // prettier-ignore
    const second = (await wakeOf(subWorkflow, config, run, { kind: 'child', executions: [ended('child-1'), ended('child-0')] }, first.state)) as unknown as { state: Json }; // prettier-ignore
    expect(run.children).toHaveLength(3);
    const end = await wakeOf(subWorkflow, config, run, { kind: 'child', executions: [ended('child-2')] }, second.state);
    expect(end).toEqual({ output: ['child-0', 'child-1', 'child-2'] });
    expect(await runOf(subWorkflow, config, nodeRun({ input: [] }))).toEqual({ output: [] });
    await expect(runOf(subWorkflow, config, nodeRun({ input: 'x' }))).rejects.toMatchObject({ type: 'type-error' });
  });
});

describe('approval', () => {
  const decisions = [{ by: { id: 'p', name: 'Ana' }, verdict: 'approved' as const, comment: 'Fine.', at: now.toISOString() }];
  const found = adapters(
    provide(Agreements, {
      of: async () => ({ status: 'approved', decisions }),
      people: async () => [],
      members: async () => [],
      remind: async () => 0,
      withdraw: async () => undefined,
    }),
  );
  const accepted = { status: 'accepted' as const, changeId: 'c1', changeNumber: 'CHG-7' };
  const config = {
    title: 'Go on?',
    approvers: { roles: ['admin'], users: ['ana@example.com'] },
    attachments: 'input',
    expires: { value: 2, unit: 'hours' },
  };

  test('it asks by a Change of the platform, pauses on it, and goes on where the decision leads', async () => {
    const run = nodeRun({ input: { n: 1 }, outcome: accepted, adapters: found });
    expect(await runOf(approval, config, run)).toEqual({ waits: [{ kind: 'change', changeId: 'c1' }], paused: true, state: { changeId: 'c1', reminded: 0 } }); // prettier-ignore
    expect(run.calls[0]).toMatchObject({ operation: 'workflows.ask', input: { title: 'Go on?', attachments: { n: 1 }, groups: [{ role: 'admin' }, { users: ['ana@example.com'] }], expiresInSeconds: 7_200 } }); // prettier-ignore
    const wake = (state: string) => wakeOf(approval, config, run, { kind: 'change', changeId: 'c1', state, result: null, error: null });
    expect(await wake('succeeded')).toMatchObject({
      to: 'approved',
      output: { decision: 'approved', by: [{ name: 'Ana' }], comment: 'Fine.', input: { n: 1 } },
    });
    expect(await wake('rejected')).toMatchObject({ to: 'rejected' });
    expect(await wake('expired')).toMatchObject({ to: 'expired' });
    await expect(wake('cancelled')).rejects.toMatchObject({ type: 'approval-withdrawn' });
  });

  test('a reminder is a time that wakes it; those that were slept through are one, and channels hear of each', async () => {
    const begun = new Date(Date.now() - 3 * 3_600_000);
    const run = nodeRun({ input: 1, now: begun, outcome: accepted, adapters: found });
    const at = (hours: number) => ({ kind: 'timer', at: new Date(begun.getTime() + hours * 3_600_000) });
    const reminding = { ...config, channels: ['ops'], remind: [2, 9, 1].map((value) => ({ value, unit: 'hours' })) };
    const asleep = (reminded: number, ...timers: unknown[]) => ({ waits: [{ kind: 'change', changeId: 'c1' }, ...timers], paused: true, state: { changeId: 'c1', reminded } });
    expect(await runOf(approval, reminding, run)).toEqual(asleep(0, at(1)));
    expect(await wakeOf(approval, reminding, run, { kind: 'timer' }, { changeId: 'c1', reminded: 0 })).toEqual(asleep(2, at(9)));
    expect(await wakeOf(approval, reminding, run, { kind: 'timer' }, { changeId: 'c1', reminded: 2 })).toEqual(asleep(3));
    expect(run.calls.slice(1).map(({ operation, input }) => [operation, input['round'], input['channels']])).toEqual([0, 2, 3].map((round) => ['workflows.remind', round, ['ops']]));
  }); // prettier-ignore

  test('what stands in its form has to fit, so that it may be agreed to as it stands', async () => {
    const form = { type: 'object', properties: { size: { enum: ['small', 'large'], default: 'small' }, count: { type: 'integer' } }, required: ['size', 'count'] };
    const run = nodeRun({ input: { n: 3 }, outcome: accepted, adapters: found });
    expect(await runOf(approval, { ...config, form, values: '{"count": input.n}' }, run)).toMatchObject({ waits: [{ kind: 'change', form }] });
    expect(run.calls[0]!.input).toMatchObject({ form, values: { size: 'small', count: 3 } });
    for (const values of ['{"count": "many"}', '{"size": "huge", "count": 1}', 'input.n'])
      await expect(runOf(approval, { ...config, form, values }, run)).rejects.toMatchObject({ type: 'type-error' });
    expect(run.calls).toHaveLength(1);
    expect(approval.check!({ title: 'x', form })).toMatchObject([{ pointer: '/form', message: expect.stringContaining('/count') as string }]);
    expect(approval.check!({ title: 'x', form, values: '{"count": 1}' })).toEqual([]);
    expect(approval.check!({ title: 'x', values: '{}' })).toMatchObject([{ pointer: '/form' }]);
    expect(approval.check!({ title: 'x', form: { properties: { a: { pattern: '(' } } } })).toMatchObject([{ pointer: '/form' }]);
    expect(await approval.simulate!(run, approval.config.parse({ ...config, form, values: '{"count": 1}' }))).toMatchObject({ output: { form: { size: 'small', count: 1 } } });
  }); // prettier-ignore

  test('what the platform refuses is the error of the node, and a dry run asks nobody', async () => {
    const outcome = { status: 'refused' as const, problem: { slug: 'no-eligible-approver', status: 409, detail: 'Nobody could.' } };
    await expect(runOf(approval, config, nodeRun({ input: 1, outcome }))).rejects.toMatchObject({ type: 'no-eligible-approver' });
    expect(approval.config.safeParse({ title: '' }).success).toBe(false);
    const run = nodeRun({ input: 1 });
    expect(await approval.simulate!(run, approval.config.parse(config))).toMatchObject({ to: 'approved', would: { approval: 'Go on?' } });
    expect(run.calls).toEqual([]);
  });
});

describe('emit event and notify', () => {
  const context = () => {
    const emitted: { type: string; data: unknown }[] = [];
    const keys = new Set<string>();
    const sent: Notice[] = [];
    const messenger: Messenger = {
      inApp: async (_ctx, to, notice) => (sent.push(notice), to.length),
      channel: async (_ctx, name, notice) => (sent.push(notice), name === 'ops'),
      link: (page) => page,
    };
    const provided = adapters(provide(Messenger, messenger), provide(Agreements, { of: async () => undefined, people: async (_db, _tenant, named) => [...named], members: async () => [], remind: async () => 0, withdraw: async () => undefined })); // prettier-ignore
    const ctx = { tenantId: 't', emit: (type: string, data: unknown) => void emitted.push({ type, data }), provider: (port: { port: string }) => provided.get(port.port) } as unknown as WorkContext; // prettier-ignore
    return { emitted, keys, sent, ctx };
  };
  const committed = (result: unknown, ctx: WorkContext) => (result as { commit: (ctx: WorkContext) => Promise<unknown> }).commit(ctx);

  test('an event of your own is announced with what it is about and where it comes from', async () => {
    const { emitted, ctx } = context();
    const run = nodeRun({ input: { id: 7 } });
    const result = await runOf(emitEvent, { type: 'custom.order.paid', subject: 'order', data: 'input' }, run);
    expect(emitted).toEqual([]);
    expect(await committed(result, ctx)).toEqual({ output: { type: 'custom.order.paid', subject: 'order', data: { id: 7 }, announced: true } });
    expect(emitted).toEqual([{ type: 'custom.order.paid', data: { subject: 'order', data: { id: 7 }, source: { executionId: run.executionId, workflowId: run.workflowId, nodeId: run.nodeId } } }]); // prettier-ignore
    expect(emitEvent.config.safeParse({ type: 'server.created' }).success).toBe(false);
    await expect(runOf(emitEvent, { type: 'custom.big' }, nodeRun({ input: 'x'.repeat(70_000) }))).rejects.toMatchObject({
      type: 'output-too-large',
    });
  });

  test('people and channels are told with the checkpoint, and an unknown channel is an error', async () => {
    const { sent, ctx } = context();
    const say = (config: object) => runOf(notify, { title: 'Done', ...config }, nodeRun());
    expect(await committed(await say({ channel: 'inapp', to: ['a', 'b'] }), ctx)).toEqual({ output: { channel: 'inapp', to: ['a', 'b'], sent: 2, throttled: false } }); // prettier-ignore
    expect(await committed(await say({ channel: 'slack', to: ['ops'] }), ctx)).toMatchObject({ output: { sent: 1 } });
    await expect(committed(await say({ channel: 'slack', to: ['nowhere'] }), ctx)).rejects.toMatchObject({ type: 'not-found' });
    expect(sent[0]).toMatchObject({ title: 'Done', page: `/executions/${nodeRun().executionId}` });
    await expect((async () => say({ channel: 'inapp', to: [] }))()).rejects.toMatchObject({ type: 'node-config-invalid' });
    await expect((async () => say({ channel: 'inapp', to: ['a'], link: '//evil.example' }))()).rejects.toMatchObject({ type: 'type-error' });
  });
});
