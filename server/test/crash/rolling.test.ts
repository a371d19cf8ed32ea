import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase } from '../clone.ts';
import { startBalancer, type Balancer } from './balancer.ts';
import { query } from './evidence.ts';
import { createServers, seedLogins, type Servers, type ServerProcess } from './servers.ts';

const CLIENTS = 4;
const SETTINGS = { SWITCHYARD_DRAIN_DELAY_SECONDS: '5' };

let databaseUrl: string;
let servers: Servers;
let balancer: Balancer | undefined;
let owner: string;

beforeAll(async () => {
  databaseUrl = await cloneDatabase();
  servers = createServers(databaseUrl);
  owner = (await seedLogins(databaseUrl, servers.home)).find(({ role }) => role === 'owner')!.apiKey;
}, 60_000);
afterAll(async () => {
  await balancer?.close();
  await servers.end();
});

/** Reads and writes, each with one try. Answers the names it has written; what went wrong goes to `failed`. */
async function load(client: number, going: () => boolean, failed: string[]): Promise<string[]> {
  const written: string[] = [];
  const ask = async (path: string, status: number, init: RequestInit = {}): Promise<void> => {
    const headers = { Authorization: `Bearer ${owner}`, 'Content-Type': 'application/json' };
    const said = await fetch(`${balancer!.url}/api/v1${path}`, { ...init, headers }).then(
      async (response) => (response.status === status ? (await response.arrayBuffer(), null) : `${response.status} ${await response.text()}`),
      (error: Error) => error.message,
    );
    if (said !== null) failed.push(`${init.method ?? 'GET'} ${path}: ${said}`);
  };
  for (let n = 0; going(); n += 1) {
    const name = `rolling-${client}-${n}`;
    await ask('/me', 200);
    await ask('/groups', 201, { method: 'POST', body: JSON.stringify({ name }) });
    written.push(name);
    await pause(400); // a tenant has at most a thousand groups
  }
  return written;
}

test('three servers behind a proxy are restarted one after the other under load: no request fails, and each write is there once', async () => {
  const running: ServerProcess[] = [];
  for (let n = 0; n < 3; n += 1) running.push(await servers.start('serve', SETTINGS));
  await Promise.all(running.map(({ ready }) => ready));
  const ports = running.map(({ port }) => port);
  balancer = await startBalancer(ports);
  const everybody = (): Promise<void> => expect.poll(() => balancer!.ready(), { timeout: 60_000, interval: 100 }).toEqual(ports);
  await everybody();
  const inUse = (port: number): Promise<void> => {
    const before = balancer!.given.get(port)!;
    return expect.poll(() => balancer!.given.get(port)! - before, { timeout: 60_000 }).toBeGreaterThan(3);
  };

  const failed: string[] = [];
  let going = true;
  const clients = Array.from({ length: CLIENTS }, (_, client) => load(client, () => going, failed));
  try {
    for (const [n, port] of ports.entries()) {
      await inUse(port);
      running[n]!.signal('SIGTERM');
      expect(await running[n]!.ended, running[n]!.said()).toBe(0);
      const next = await servers.start('serve', SETTINGS, port);
      await next.ready;
      await everybody();
      await inUse(port);
    }
  } finally {
    going = false;
  }
  const written = (await Promise.all(clients)).flat();

  expect(failed).toEqual([]);
  const stored = await query<{ name: string }>(databaseUrl, `select name from resource_groups where name like 'rolling-%'`);
  expect(stored.map(({ name }) => name).toSorted()).toEqual(written.toSorted());
  const AUDITED = `select count(*)::int as n from audit_entries where operation = 'groups.create' and result = 'success'`;
  expect((await query<{ n: number }>(databaseUrl, AUDITED))[0]!.n).toBe(written.length);
}, 300_000);
