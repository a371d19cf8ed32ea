import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { provide } from '#kernel/port.ts';
import { startTracing } from '#kernel/tracing.ts';
import { createFlows, type Flows } from '#test/flows.ts';
import type { Person } from '#test/world.ts';
import { createEgress } from '../egress/adapter.ts';
import { Egress } from '../egress/port.ts';
import { executionsGet } from '../executions/operations/executions.get.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import { probes } from './probes.ts';
import { draw, publish, type Drawn } from './testing.ts';

interface Told {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  status: { code?: number; message?: string };
}
const spans: Told[] = [];
const seen: (string | undefined)[] = [];
let outside: Server;
let flows: Flows;
let ana: Person;
let stop: () => Promise<void>;
beforeAll(async () => {
  // A collector, and somebody whom a workflow calls.
  const hear = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (request.url !== '/v1/traces') seen.push(request.headers['traceparent'] as string | undefined);
    else {
      const { resourceSpans } = JSON.parse(Buffer.concat(parts).toString()) as { resourceSpans: { scopeSpans: { spans: Told[] }[] }[] };
      spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  };
  outside = createServer((request, response) => void hear(request, response));
  await new Promise<void>((resolve) => void outside.listen(0, '127.0.0.1', resolve));
  stop = await startTracing(`http://127.0.0.1:${(outside.address() as AddressInfo).port}`);
  flows = await createFlows({
    workflows: { types: new Map([...NODE_TYPES, ...probes().types]) },
    adapters: ({ now }) => [provide(Egress, createEgress({ allowPrivateTargets: true, openable: [], closed: new Set(), now }))],
  });
  ana = flows.as({ name: 'ana' });
});
afterAll(async () => {
  await stop();
  await flows.close();
  outside.close();
});

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';

test('an execution is in the trace of its caller: a span for it, for each node and for each attempt; what it calls goes on with it', async () => {
  const made = (nodes: Drawn, lines: string, mode = 'manual') => publish(flows.databases, flows.tenantId, draw({ start: ['trigger', { mode }], ...nodes }, lines));
  const part = await made({ get: ['http_api', { url: `http://127.0.0.1:${(outside.address() as AddressInfo).port}/page` }] }, 'start -> get', 'workflow');
  const shaky: readonly [string, Record<string, number>, object] = ['read_probe', { fails: 1 }, { retry: { maxAttempts: 2, initialDelayMs: 1, jitter: 0 } }];
  const { workflowId } = await made({ shaky: shaky as never, list: ['operation', { operation: 'workflows.list', input: {} }], sub: ['sub_workflow', { workflow: part.workflowId }] }, 'start -> shaky -> list -> sub');
  const begin = async (headers: Record<string, string>) => {
    const answer = await flows.app.inject({ method: 'POST', url: `/api/v1/workflows/${workflowId}/execute`, payload: {}, headers: { authorization: `Bearer ${ana.token}`, host: 'localhost:8420', ...headers } });
    const { id } = answer.json<{ execution: { id: string } }>().execution;
    expect(await flows.ended(id)).toMatchObject({ status: 'completed' });
    return flows.done(executionsGet, { id }, ana);
  };
  const run = await begin({ traceparent: `00-${TRACE}-${CALLER}-01` });
  expect(run.traceId).toBe(TRACE);
  await stop();
  const mine = spans.filter(({ traceId }) => traceId === TRACE);
  const named = (name: string, at = 0): Told => mine.filter((span) => span.name === name)[at]!;
  const above = ({ parentSpanId }: Told): string | undefined => mine.find(({ spanId }) => spanId === parentSpanId)?.name;
  const whole = mine.find((span) => span.name.startsWith('workflow ') && above(span) === 'workflows.execute')!;
  expect(named('workflows.execute').parentSpanId).toBe(CALLER);
  for (const key of ['shaky', 'list', 'sub']) expect(named(`node ${key}`).parentSpanId).toBe(whole.spanId);
  expect([above(named('attempt 1 of shaky')), above(named('attempt 2 of shaky')), named('attempt 1 of shaky').status.message, named('attempt 2 of shaky').status.code]).toEqual(['node shaky', 'node shaky', 'probe-failed', 0]);
  for (const name of ['node shaky', 'attempt 1 of shaky', 'node list', 'attempt 1 of list']) expect(mine.filter((span) => span.name === name)).toHaveLength(1);
  expect(above(named('workflows.list'))).toBe('attempt 1 of list');
  expect(above(mine.find((span) => span.name.startsWith('workflow ') && span !== whole)!)).toBe('attempt 1 of sub');
  expect(seen).toEqual([`00-${TRACE}-${named('attempt 1 of get').spanId}-01`]);
}); // prettier-ignore

test('where nobody collects traces, none is told of and none is passed on', async () => {
  const { workflowId } = await publish(flows.databases, flows.tenantId, draw({ start: ['trigger', { mode: 'manual' }], t: ['transform', { mode: 'expression', expression: '1' }] }, 'start -> t'));
  const { actor } = ana;
  const { executionId } = await flows.engine().start({ tenantId: flows.tenantId, workflowId, version: 1, trigger: { kind: 'manual' }, payload: {}, principal: actor, startedBy: { kind: 'user', id: actor.id, name: 'ana' } });
  await flows.ended(executionId);
  expect((await flows.done(executionsGet, { id: executionId }, ana)).traceId).toBeNull();
}); // prettier-ignore
