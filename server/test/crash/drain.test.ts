import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DemoLogin } from '../../src/demo-people.ts';
import { cloneDatabase } from '../clone.ts';
import { query } from './evidence.ts';
import { createServers, seedLogins, type Servers, type ServerProcess } from './servers.ts';
import { freePort } from '../free-port.ts';

let databaseUrl: string;
let servers: Servers;
let owner: string;

beforeAll(async () => {
  databaseUrl = await cloneDatabase();
  const { home, end } = createServers(databaseUrl);
  owner = (await seedLogins(databaseUrl, home)).find(({ role }) => role === 'owner')!.apiKey;
  await end();
}, 60_000);
beforeEach(() => {
  servers = createServers(databaseUrl);
});
afterEach(() => servers.end());

interface Slow {
  /** Sends the rest of the body. */
  finish: () => void;
  /** Status of the answer, or what became of the connection. */
  answer: Promise<number | string>;
}

/** A call whose body comes slowly: the server has taken it on, and waits for the other half. */
async function slowCall({ port }: ServerProcess): Promise<Slow> {
  const body = JSON.stringify({ operation: 'groups.create' });
  const sent = request({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/api/v1/access/explain',
    agent: false,
    headers: { Authorization: `Bearer ${owner}`, 'Content-Type': 'application/json', 'Content-Length': body.length, Expect: '100-continue' },
  });
  const answer = new Promise<number | string>((resolve) => {
    sent.once('response', (response) => resolve((response.resume(), response.statusCode!)));
    sent.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
  sent.flushHeaders();
  await new Promise<void>((resolve, reject) => {
    sent.once('continue', resolve);
    void answer.then((early) => reject(new Error(`answered before its body was there: ${early}`)));
  });
  sent.write(body.slice(0, 10));
  await pause(500); // past what is checked of its head
  return { finish: () => sent.end(body.slice(10)), answer };
}

const connecting = ({ port }: ServerProcess): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => (socket.destroy(), resolve('accepted')));
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
const refusesConnections = (server: ServerProcess): Promise<void> =>
  expect.poll(() => connecting(server), { timeout: 60_000, interval: 50 }).toBe('ECONNREFUSED');

const call = ({ url }: ServerProcess, key: string, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${url}/api/v1${path}`, { ...init, headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', ...init.headers } });

test('governance 85: Given SIGTERM with a 3 s request in flight, when drained, then the request gets 200, new connections are refused, exit 0 in < 9 s', async () => {
  const server = await servers.start('serve');
  await server.ready;
  const stream = await call(server, owner, '/events', { headers: { Accept: 'text/event-stream' } });
  expect(stream.status).toBe(200);
  const heard = stream.text();
  const slow = await slowCall(server);

  const from = performance.now();
  server.signal('SIGTERM');
  await Promise.all([pause(3_000), refusesConnections(server)]);
  slow.finish();
  expect(await slow.answer).toBe(200);
  expect(await server.ended).toBe(0);
  expect(performance.now() - from).toBeLessThan(9_000);
  expect(await heard, 'the stream ends with a hint when to come back').toMatch(/retry: [1-4]\d{3}\n\n$/);
}, 90_000);

test('a second signal ends the process at once, whatever is in flight', async () => {
  const server = await servers.start('serve', { SWITCHYARD_DRAIN_SECONDS: '300' });
  await server.ready;
  const slow = await slowCall(server);
  server.signal('SIGTERM');
  await refusesConnections(server);
  server.signal('SIGTERM');
  expect(await server.ended).toBe(1);
  expect(await slow.answer).toBe('ECONNRESET');
}, 90_000);

const loginsOf = (home: string): DemoLogin[] => (JSON.parse(readFileSync(join(home, 'demo.json'), 'utf8')) as { users: DemoLogin[] }).users;

const changeOf = async (id: string) =>
  (
    await query<{ state: string; attempt: number; results: string[] }>(
      databaseUrl,
      `select state, attempt, array(select result from audit_entries a where a.change_id = c.id order by a.id) as results from changes c where id = $1`,
      [id],
    )
  )[0]!;

test('governance 86: Given a request longer than the drain time, when the deadline passes, then exit 1 and its Job resumes on another instance', async () => {
  const demo = { SWITCHYARD_DEMO: 'true', SWITCHYARD_DRAIN_SECONDS: '2' };
  const first = await servers.start('all', { ...demo, SWITCHYARD_DNS_PORT: `${await freePort()}` });
  await first.ready;
  const { apiKey } = loginsOf(servers.home).find(({ role }) => role === 'developer')!;
  const list = async (path: string): Promise<{ id: string; kind: string; name: string; status: string }[]> =>
    ((await (await call(first, apiKey, path)).json()) as { items: { id: string; kind: string; name: string; status: string }[] }).items;
  const cloud = (await list('/cloud-providers')).find(({ kind }) => kind === 'simulated')!;
  const template = (await (await call(first, apiKey, `/servers/${(await list('/servers'))[0]!.id}`)).json()) as Record<string, unknown>;
  const { size, region, image } = template;

  const sent = { connectionId: cloud.id, name: 'outlasting', environment: 'lab', size, region, image };
  const answer = call(first, apiKey, '/servers', { method: 'POST', body: JSON.stringify(sent), headers: { Prefer: 'wait=30' } }).then(
    ({ status }) => status,
    () => 'cut off',
  );
  const FIND = `select id, state from changes where operation = 'servers.create' and input->>'name' = 'outlasting'`;
  let id = '';
  await expect
    .poll(
      async () => {
        const [found] = await query<{ id: string; state: string }>(databaseUrl, FIND);
        id = found?.id ?? '';
        return found?.state;
      },
      { timeout: 60_000, interval: 50 },
    )
    .toBe('running');
  first.signal('SIGTERM');
  expect(await first.ended).toBe(1);
  expect(first.said()).toContain('stopped at the deadline');
  expect(await answer).toBe('cut off');
  expect(await changeOf(id), 'left where it was').toMatchObject({ state: 'running', results: ['pending'] });

  const second = await servers.start('all', { ...demo, SWITCHYARD_DNS_PORT: `${await freePort()}` });
  await second.ready;
  await expect.poll(async () => (await changeOf(id)).state, { timeout: 60_000, interval: 250 }).toBe('succeeded');
  expect(await changeOf(id)).toMatchObject({ attempt: 2, results: ['pending', 'success'] });
  const made = (await (await call(second, apiKey, '/servers?q=outlasting')).json()) as { items: { status: string }[] };
  expect(made.items.map(({ status }) => status)).toEqual(['running']);
}, 240_000);
