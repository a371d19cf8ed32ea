import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createHttp, type Http } from '#surfaces/http.ts';
import { localLive } from '#kernel/live.ts';
import { executionFeeds } from '../../../executions.ts';
import { createFlows, type Flows } from '../../../../test/flows.ts';
import type { Person } from '../../../../test/world.ts';
import { probes, type Probe } from '../engine/probes.ts';
import { draw, publish } from '../engine/testing.ts';
import type { Json } from '../graph.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import { executionsStreamTicket } from './operations/executions.streamTicket.ts';
import { workflowsExecute } from './operations/workflows.execute.ts';

interface Message {
  type: string;
  seq: number;
  at: string;
  data: Record<string, Json>;
}
let flows: Flows;
let probe: Probe;
let http: Http;
let ana: Person;
const doubts = localLive();
beforeAll(async () => {
  probe = probes();
  flows = await createFlows({ workflows: { types: new Map([...NODE_TYPES, ...probe.types]) } });
  ana = flows.as({ name: 'ana' });
  const nothing = async () => ({ status: 200, body: {} });
  http = await createHttp({
    registry: flows.registry,
    gate: flows.gate,
    config: { publicUrl: 'http://localhost:8420', version: '0', rateLimitFactor: 1000 },
    log: pino({ level: 'silent' }),
    feeds: { change: () => ({}) as never, tenant: () => ({}) as never },
    executions: executionFeeds(flows, { revive: async (actor) => actor }),
    doubts: (hear) => doubts.subscribe('doubt', hear),
    probes: { live: nothing, ready: nothing, health: nothing, metrics: async () => ({ contentType: 'text/plain', body: '' }) },
  });
  await http.app.ready();
});
const open: { terminate: () => void }[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.terminate();
});
afterAll(async () => {
  await http.app.close();
  await flows.close();
});

/** A WebSocket, with what it has heard and how it was closed. */
async function listen(path: string, headers: Record<string, string> = {}) {
  const heard: Message[] = [];
  const closed: { code?: number } = {};
  const socket = await http.app.injectWS(`/api/v1${path}`, { headers: { host: 'localhost:8420', ...headers } }, {
    onInit: (ws) => {
      ws.on('message', (raw: Buffer) => void heard.push(JSON.parse(raw.toString()) as Message));
      ws.on('close', (code: number) => (closed.code = code));
    },
  });
  open.push(socket as never);
  return { heard, closed, say: (message: object | string) => (socket as never as { send: (text: string) => void }).send(typeof message === 'string' ? message : JSON.stringify(message)) };
} // prettier-ignore
const bearer = (person: Person) => ({ authorization: `Bearer ${person.token}` });
const code = ({ closed }: Awaited<ReturnType<typeof listen>>) => expect.poll(() => closed.code, { timeout: 60_000, interval: 10 });

/** A workflow that waits at a gate until it is opened. */
async function begun(who = ana) {
  let through = (): void => undefined;
  const key = `gate${Math.random().toString(36).slice(2, 8)}`;
  probe.on.set(key, (run) => {
    run.log('info', 'at the gate');
    return new Promise<Json>((resolve) => (through = () => resolve({ canary: 'output-canary' })));
  });
  const { workflowId } = await publish(flows.databases, flows.tenantId, draw({ start: ['trigger'], [key]: ['read_probe'], last: ['put_probe', { value: 'last' }] }, `start -> ${key} -> last`)); // prettier-ignore
  const { execution } = await flows.done(workflowsExecute, { id: workflowId }, who);
  await expect.poll(() => probe.acts.some((act) => act.key === key), { interval: 10 }).toBe(true);
  return { id: execution.id, through: () => through() };
}

test('workflows 120: the stream begins with a snapshot, tells each state without a gap, resumes after it was cut, and ends', async () => {
  const { id, through } = await begun();
  const first = await listen(`/executions/${id}/stream`, bearer(ana));
  await expect.poll(() => first.heard.length).toBeGreaterThan(0);
  const [snapshot] = first.heard;
  expect(snapshot).toMatchObject({ type: 'snapshot', data: { execution: { id, status: 'running' }, lastSeq: snapshot!.seq } });
  through();
  await code(first).toBe(1000);
  const types = first.heard.map(({ type }) => type);
  expect([types[0], types.at(-1)]).toEqual(['snapshot', 'end']);
  expect(types).toEqual(expect.arrayContaining(['node.completed', 'node.started']));
  expect(first.heard.map(({ seq }) => seq)).toEqual(first.heard.map((_, at) => snapshot!.seq + at));
  expect(first.heard.at(-1)!.data).toMatchObject({ status: 'completed' });
  // Cut in the middle: what comes after the number that one has is the rest, and nothing twice.
  const rest = await listen(`/executions/${id}/stream?after=2`, bearer(ana));
  await code(rest).toBe(1000);
  expect(rest.heard.slice(1).map(({ seq }) => seq)).toEqual(Array.from({ length: first.heard.at(-1)!.seq - 2 }, (_, at) => at + 3));
  const over = await listen(`/executions/${id}/stream`, bearer(ana));
  await code(over).toBe(1000);
  expect(over.heard.map(({ type }) => type)).toEqual(['snapshot', 'end']);
  expect((over.heard[0]!.data['nodes'] as { status: string }[]).map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
}); // prettier-ignore

test('outputs are shown in short to whoever may see payloads, and to nobody else; log lines to whoever asks for them', async () => {
  const viewer = flows.as({ name: 'vera', permissions: ['executions:read'], maxRisk: 'read' });
  const { id, through } = await begun();
  const [own, other] = [await listen(`/executions/${id}/stream?logs=info&after=0`, bearer(ana)), await listen(`/executions/${id}/stream?after=0`, bearer(viewer))];
  await expect.poll(() => other.heard.length).toBeGreaterThan(0);
  other.say({ type: 'subscribe', logs: 'error' });
  other.say({ type: 'ping' });
  await expect.poll(() => other.heard.some(({ type }) => type === 'pong')).toBe(true);
  through();
  await code(own).toBe(1000);
  await code(other).toBe(1000);
  expect(JSON.stringify(own.heard)).toContain('output-canary');
  expect(JSON.stringify(other.heard)).not.toContain('output-canary');
  expect(other.heard.some(({ type }) => type === 'log')).toBe(false);
}); // prettier-ignore

test('log lines come to whoever subscribes, from the number on that is asked for', async () => {
  const { id, through } = await begun();
  const reader = await listen(`/executions/${id}/stream`, bearer(ana));
  await expect.poll(() => reader.heard.length).toBeGreaterThan(0);
  reader.say({ type: 'subscribe', logs: 'info', after: 0 });
  through();
  await code(reader).toBe(1000);
  expect(reader.heard.filter(({ type }) => type === 'log').map(({ data }) => data['message'])).toEqual(['at the gate']);
});

test('workflows 112: wrong ticket, reused ticket, one for something else, another tenant, a page of another site, and rights revoked meanwhile are refused or closed', async () => {
  const { id, through } = await begun();
  const elsewhere = await begun();
  const path = `/executions/${id}/stream`;
  await code(await listen(path)).toBe(4401);
  await code(await listen(path, { authorization: 'Bearer nobody' })).toBe(4401);
  await code(await listen(`${path}?ticket=${flows.tenantId}.${'x'.repeat(43)}`)).toBe(4401);
  await code(await listen(`${path}?ticket=garbage`)).toBe(4401);
  const { ticket } = await flows.done(executionsStreamTicket, { id }, ana);
  expect((await flows.rows<{ hash: string }>('select hash from stream_tickets'))[0]!.hash).not.toContain(ticket.split('.')[1]!);
  const good = await listen(`${path}?ticket=${ticket}`);
  await expect.poll(() => good.heard[0]?.type).toBe('snapshot');
  await code(await listen(`${path}?ticket=${ticket}`)).toBe(4401);
  const other = await flows.done(executionsStreamTicket, { id: elsewhere.id }, ana);
  await code(await listen(`${path}?ticket=${other.ticket}`)).toBe(4401);
  const old = await flows.done(executionsStreamTicket, { id }, ana);
  await flows.rows(`update stream_tickets set expires_at = now() - interval '1 second'`);
  await code(await listen(`${path}?ticket=${old.ticket}`)).toBe(4401);
  await code(await listen(path, bearer(flows.as({ tenant: 'b' })))).toBe(4404);
  await code(await listen('/executions/none/stream', bearer(ana))).toBe(4404);
  await code(await listen(path, bearer(flows.as({ permissions: ['workflows:read'] })))).toBe(4403);
  const cookie = { cookie: `sy_session=${ana.token}` };
  await code(await listen(path, { ...cookie, origin: 'https://evil.example' })).toBe(4403);
  const page = await listen(path, { ...cookie, origin: 'http://localhost:8420' });
  await expect.poll(() => page.heard[0]?.type).toBe('snapshot');
  const leaving = flows.as({ name: 'lee' });
  const watched = await listen(path, bearer(leaving));
  await expect.poll(() => watched.heard[0]?.type).toBe('snapshot');
  flows.forget(leaving);
  doubts.publish('doubt');
  await code(watched).toBe(4401);
  through();
  elsewhere.through();
  await code(good).toBe(1000);
  await code(page).toBe(1000);
}, 60_000); // prettier-ignore

test('a client that talks too much or nonsense is closed; more than ten connections of one person are refused', async () => {
  const { id, through } = await begun();
  const path = `/executions/${id}/stream`;
  const loud = await listen(path, bearer(ana));
  for (let at = 0; at < 11; at += 1) loud.say({ type: 'ping' });
  await code(loud).toBe(1008);
  const odd = await listen(path, bearer(ana));
  odd.say('hello');
  await code(odd).toBe(1008);
  const many = flows.as({ name: 'many' });
  const all = await Promise.all(Array.from({ length: 10 }, () => listen(path, bearer(many))));
  for (const one of all) await expect.poll(() => one.heard.length, { timeout: 60_000 }).toBeGreaterThan(0);
  await code(await listen(path, bearer(many))).toBe(4429);
  through();
  await Promise.all(all.map((one) => code(one).toBe(1000)));
});

test('the same messages come as server-sent events, and a reader that comes back after the end is told to stay away', async () => {
  const { id, through } = await begun();
  setTimeout(through, 50);
  const answer = await http.app.inject({ method: 'GET', url: `/api/v1/executions/${id}/events?after=0`, headers: { host: 'localhost:8420', ...bearer(ana) } });
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8']);
  const events = answer.body.split('\n\n').flatMap((block) => /id: (.*)\nevent: (.*)\ndata: (.*)/.exec(block)?.slice(1) ?? []);
  const names = events.filter((_, at) => at % 3 === 1);
  expect([names[0], names.at(-1)]).toEqual(['snapshot', 'end']);
  const last = events.at(-3)!;
  const again = await http.app.inject({ method: 'GET', url: `/api/v1/executions/${id}/events`, headers: { host: 'localhost:8420', 'last-event-id': last, ...bearer(ana) } });
  expect(again.statusCode).toBe(204);
  const stranger = await http.app.inject({ method: 'GET', url: `/api/v1/executions/${id}/events`, headers: { host: 'localhost:8420', ...bearer(flows.as({ tenant: 'b' })) } });
  expect([stranger.statusCode, stranger.json<{ type: string }>().type]).toEqual([404, expect.stringMatching(/execution-not-found$/)]);
  const ticket = await http.app.inject({ method: 'GET', url: `/api/v1/executions/${id}/events?ticket=x`, headers: { host: 'localhost:8420' } });
  expect(ticket.json<{ type: string }>().type).toMatch(/stream-ticket-invalid$/);
}); // prettier-ignore
