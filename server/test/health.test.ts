import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { loadConfig } from '#kernel/config.ts';
import { createApp, type App } from '../src/app.ts';
import { cloneDatabase, testMasterKey } from './clone.ts';
import { hasRedis, startRedis } from './redis.ts';

const ends: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(databaseUrl: string, env: Record<string, string> = {}): Promise<App> {
  const home = mkdtempSync(join(tmpdir(), 'switchyard-health-'));
  ends.push(() => rmSync(home, { recursive: true, force: true }));
  const config = loadConfig({ SWITCHYARD_HOME: home, SWITCHYARD_MASTER_KEY: Buffer.from(testMasterKey()).toString('base64'), ...env });
  const app = await createApp({ config, databaseUrl, log: pino({ level: 'silent' }), version: '0.0.0-test', works: false });
  ends.push(async () => {
    await app.http.app.close();
    await app.core.stop(2_000);
  });
  return app;
}

const probe = async (app: App, url: string): Promise<number> => (await app.http.app.inject({ url, headers: { host: 'localhost' } })).statusCode;

/** A wire to the database that can be cut and mended. */
async function wireTo(databaseUrl: string) {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  let cut = false;
  const server = createServer((inner) => {
    if (cut) return inner.destroy();
    const outer = connect(Number(target.port), target.hostname);
    for (const [one, other] of [[inner, outer], [outer, inner]] as const) {
      open.add(one);
      one.on('error', () => other.destroy()).on('close', () => (open.delete(one), other.destroy()));
      one.pipe(other);
    }
    return undefined;
  }); // prettier-ignore
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise((resolve) => server.close(resolve)));
  const through = new URL(databaseUrl);
  through.searchParams.delete('host');
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as AddressInfo).port);
  return {
    url: through.href,
    cut() {
      cut = true;
      for (const socket of open) socket.destroy();
    },
    mend: () => (cut = false),
  };
}

describe.skipIf(!hasRedis)('with Redis', () => {
  test('governance 83: Given Redis stopped, when /health is asked, then 503; started again → 200 within 2 s', async () => {
    const redis = await startRedis();
    ends.push(() => redis.close());
    const app = await start(await cloneDatabase(), { REDIS_URL: redis.url, SWITCHYARD_REDIS_TIMEOUT_MS: '300' });
    expect(await probe(app, '/health')).toBe(200);
    await redis.stop();
    await expect.poll(() => probe(app, '/health'), { timeout: 60_000 }).toBe(503);
    expect(await probe(app, '/livez')).toBe(200);
    await redis.start();
    await expect.poll(() => probe(app, '/health'), { timeout: 2_000, interval: 100 }).toBe(200);
  });
});

test('governance 84: Given the database is down, then /health 503, /livez 200', async () => {
  const wire = await wireTo(await cloneDatabase());
  const app = await start(wire.url);
  expect([await probe(app, '/health'), await probe(app, '/readyz')]).toEqual([200, 200]);
  wire.cut();
  await expect.poll(() => probe(app, '/health'), { timeout: 60_000 }).toBe(503);
  expect([await probe(app, '/livez'), await probe(app, '/readyz')]).toEqual([200, 503]);
  wire.mend();
  await expect.poll(() => probe(app, '/health'), { timeout: 60_000 }).toBe(200);
});

test('who drains says so at once, to those who balance load', async () => {
  const app = await start(await cloneDatabase());
  app.health.drain();
  expect([await probe(app, '/health'), await probe(app, '/readyz'), await probe(app, '/livez')]).toEqual([503, 503, 200]);
});
