import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { provide } from '#kernel/port.ts';
import { createFlows, type Flows } from '../../../../test/flows.ts';
import type { Person } from '../../../../test/world.ts';
import { createEgress } from '../egress/adapter.ts';
import { Egress } from '../egress/port.ts';
import { draw, publish, type Drawn } from '../engine/testing.ts';
import type { Json } from '../graph.ts';
import { withoutPath } from './notice-rules.ts';
import { executionsCancel } from './operations/executions.cancel.ts';
import { workflowsExecute } from './operations/workflows.execute.ts';

interface Call {
  headers: IncomingHttpHeaders;
  body: string;
  said: { type: string; data: Record<string, Json> };
}

type Verify = (of: { payload: string; headers: IncomingHttpHeaders; secret: string }) => Promise<unknown>;

const calls: Call[] = [];
let verifyWebhook: Verify;
let answer = 204;
const receiver = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (part: string) => (body += part));
  request.on('end', () => {
    calls.push({ headers: request.headers, body, said: JSON.parse(body) as Call['said'] });
    response.writeHead(answer).end();
  });
});

let flows: Flows;
let ana: Person;
let callbackUrl: string;
beforeAll(async () => {
  await new Promise<void>((listening) => void receiver.listen(0, '127.0.0.1', listening));
  callbackUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/ended`;
  flows = await createFlows({ adapters: ({ now }) => [provide(Egress, createEgress({ allowPrivateTargets: true, closed: new Set(), now }))] });
  ana = flows.as({ name: 'ana' });
  // As receivers have it; by its path: the server knows no client.
  ({ verifyWebhook } = (await import(new URL('../../../../../sdk/src/webhooks.ts', import.meta.url).href)) as { verifyWebhook: Verify });
});
afterAll(async () => {
  receiver.close();
  await flows.close();
});
beforeEach(() => {
  calls.length = 0;
  answer = 204;
});

const ok: Drawn = { t: ['transform', { mode: 'expression', expression: '{"sum": trigger.body.n + 1.0}' }] };
const bad: Drawn = { t: ['fail', { message: 'Out of paper' }] };
const made = async (nodes: Drawn, settings: Parameters<typeof publish>[3] = {}) =>
  (await publish(flows.databases, flows.tenantId, draw({ start: ['trigger', {}], ...nodes }, 'start -> t'), settings)).workflowId;
const run = async (id: string, options: object) => flows.done(workflowsExecute, { id, inputs: { n: 1 }, options }, ana);
const heard = (count: number) => expect.poll(() => calls.length, { timeout: 60_000, interval: 25 }).toBe(count);

describe('callbacks', () => {
  test('whoever begins an execution is called when it has ended, signed with the secret that the answer told', async () => {
    const begun = await run(await made(ok), { callbackUrl });
    await heard(1);
    const [{ headers, body, said }] = calls as [Call];
    expect(said).toMatchObject({ type: 'execution.completed', data: { executionId: begun.execution.id, status: 'completed', outputs: { sum: 2 } } });
    expect(headers['webhook-id']).toBe(`execution_${begun.execution.id}`);
    const { secret } = begun.callback!;
    await expect(verifyWebhook({ payload: body, headers, secret })).resolves.toBeDefined();
    const other = await run(await made(ok), { callbackUrl });
    await expect(verifyWebhook({ payload: body, headers, secret: other.callback!.secret })).rejects.toThrow();
    await heard(2);
  });

  test('only of the ends that were asked for; a run without the wish tells no secret', async () => {
    const [good, failing] = [await made(ok), await made(bad)];
    expect(await run(good, {})).not.toHaveProperty('callback');
    await run(good, { callbackUrl, callbackEvents: ['failed'], async: false });
    const failed = await run(failing, { callbackUrl, callbackEvents: ['failed', 'cancelled'] });
    const later = await run(good, { callbackUrl, scheduledAt: new Date(Date.now() + 3_600_000).toISOString() });
    await flows.done(executionsCancel, { id: later.execution.id, reason: 'not today' }, ana);
    await heard(2);
    const told = new Map(calls.map(({ said }) => [said.data['executionId'], said.type]));
    expect(told).toEqual(new Map([[failed.execution.id, 'execution.failed'], [later.execution.id, 'execution.cancelled']])); // prettier-ignore
  });

  test('outputs that are too large for a message are left out, and said to be', async () => {
    const large = await made({ t: ['transform', { mode: 'expression', expression: '{"text": trigger.body.text}' }] });
    await flows.done(workflowsExecute, { id: large, inputs: { text: 'x'.repeat(70_000) }, options: { callbackUrl } }, ana);
    await heard(1);
    expect(calls[0]!.said.data).toMatchObject({ status: 'completed', outputsLeftOut: true });
    expect(calls[0]!.said.data).not.toHaveProperty('outputs');
  });

  test('one that is dropped because another goes on has ended, too, and is told', async () => {
    const busy = await made({ t: ['delay', { for: { value: 10, unit: 'minutes' } }] }, { concurrencyKey: 'one', onLimit: 'drop' });
    const first = await run(busy, {});
    const status = () => flows.rows('select status from workflow_executions where id = $1', [first.execution.id]);
    await expect.poll(status, { timeout: 60_000 }).toEqual([{ status: 'waiting' }]);
    const dropped = await run(busy, { callbackUrl });
    await heard(1);
    expect(calls[0]!.said).toMatchObject({ type: 'execution.cancelled', data: { executionId: dropped.execution.id, status: 'cancelled' } });
    await flows.done(executionsCancel, { id: first.execution.id, reason: 'the test is over' }, ana);
  });

  test('what is not taken is tried again later, and told as an event when nobody takes it for a day', async () => {
    answer = 500;
    const { execution } = await run(await made(ok), { callbackUrl });
    await heard(1);
    const waiting = () =>
      flows.databases.platform('test', async (db) => (await db.$client.query<{ attempt: string; seconds: number }>(
        `select data->>'attempt' as attempt, extract(epoch from start_after - created_on)::float as seconds from pgboss.job where name = 'callback' and data->>'executionId' = $1 and state = 'created'`, [execution.id])).rows); // prettier-ignore
    await expect.poll(waiting, { timeout: 60_000 }).toMatchObject([{ attempt: '2' }]);
    const [next] = await waiting();
    expect(next!.seconds).toBeGreaterThan(1);
    // As if a day had passed.
    await flows.databases.platform('test', (db) => db.$client.query(`update pgboss.job set data = data || '{"attempt":"10"}', start_after = now() where name = 'callback' and state = 'created' and data->>'executionId' = $1`, [execution.id])); // prettier-ignore
    await heard(2);
    const gaveUp = () => flows.rows("select data from events where type = 'execution.callback_failed' and data->>'executionId' = $1", [execution.id]);
    await expect.poll(gaveUp, { timeout: 60_000 }).toMatchObject([{ data: { attempts: 10, reason: 'the answer was 500' } }]);
    await expect.poll(() => flows.rows('select wishes from workflow_executions where id = $1', [execution.id]), { timeout: 60_000 }).toEqual([{ wishes: {} }]); // prettier-ignore
    expect(await waiting()).toEqual([]);
  });

  test('why it was not taken says nothing of the address but its host', () => {
    const url = 'https://hooks.example.com/services/T1/top-secret?key=abc';
    expect(withoutPath(`connect to ${url} failed`, url)).toBe('connect to https://hooks.example.com failed');
    expect(withoutPath('POST /services/T1/top-secret?key=abc: reset; /services/T1/top-secret', url)).toBe('POST …: reset; …');
    expect(withoutPath('no route to hooks.example.com', 'https://hooks.example.com/')).toBe('no route to hooks.example.com');
  });

  test('workflows 109: an address where nobody may go is refused before anything is begun', async () => {
    const id = await made(ok);
    for (const url of [
      'http://169.254.169.254/latest/meta-data',
      'http://[fd00:ec2::254]/',
      'http://user:secret@example.org/',
      'http://0xa9fea9fe/',
    ]) {
      const { slug, extras } = await flows.refused(workflowsExecute, { id, options: { callbackUrl: url } }, ana);
      expect([url, slug, extras['errors']]).toMatchObject([url, 'validation-failed', [{ pointer: '/options/callbackUrl' }]]);
    }
    expect((await flows.refused(workflowsExecute, { id, options: { callbackUrl: 'ftp://example.org/' } }, ana)).slug).toBe('validation-failed');
    expect(await flows.rows('select id from workflow_executions where workflow_id = $1', [id])).toEqual([]);
  });
});

describe('notices', () => {
  const told = (id: string) => flows.rows<{ data: { recipients: string[]; summary: string } }>("select data from events where type = 'workflow.message_sent' and data->>'key' like $1", [`execution:${id}%`]); // prettier-ignore

  test('whoever begins it hears of its end where they wish to, and nobody else does for that', async () => {
    const id = await made(ok);
    const quiet = await run(id, { async: false, notifyOnError: true });
    const { execution } = await run(id, { notifyOnComplete: true });
    await expect
      .poll(() => told(execution.id), { timeout: 20_000 })
      .toMatchObject([{ data: { recipients: [ana.actor.id], summary: '“test” has run' } }]);
    expect(await told(quiet.execution.id)).toEqual([]);
  });

  test('a failure is told to whoever begins it where they wish to hear of it, whatever the settings say', async () => {
    const graph = draw({ start: ['trigger', {}], ...bad }, 'start -> t');
    const { workflowId } = await publish(flows.databases, flows.tenantId, graph, {
      notify: { onFailure: false, onSuccess: false, onRecovery: false },
    });
    const quiet = await run(workflowId, { async: false, notifyOnComplete: true });
    const { execution } = await run(workflowId, { notifyOnError: true });
    await expect
      .poll(() => told(execution.id), { timeout: 20_000 })
      .toMatchObject([{ data: { recipients: [ana.actor.id], summary: '“test” failed' } }]);
    expect(await told(quiet.execution.id)).toEqual([]);
  });
});
