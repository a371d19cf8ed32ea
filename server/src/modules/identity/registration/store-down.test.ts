import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { loadConfig } from '#kernel/config.ts';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { createApp, type App } from '../../../app.ts';
import { seedPeople, type DemoLogin } from '../../../demo-people.ts';

let app: App;
let home: string;
let logins: DemoLogin[];
/** Signed in to another database of the same server. */
let beside: pg.Client;
let name: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'switchyard-store-down-'));
  const databaseUrl = await cloneDatabase();
  const elsewhere = new URL(databaseUrl);
  name = elsewhere.pathname.slice(1);
  elsewhere.pathname = '/postgres';
  beside = new pg.Client({ connectionString: elsewhere.href });
  await beside.connect();
  const config = loadConfig({ SWITCHYARD_HOME: home, SWITCHYARD_MASTER_KEY: Buffer.from(testMasterKey()).toString('base64'), SWITCHYARD_PUBLIC_URL: 'https://sy.example' });
  app = await createApp({ config, databaseUrl, log: pino({ level: 'silent' }), version: '0.0.0-test', works: false });
  logins = await seedPeople(app.core, [], app.iam.passwords);
}); // prettier-ignore
afterAll(async () => {
  await app.http.app.close();
  await app.core.stop(5_000);
  await beside.end();
  rmSync(home, { recursive: true, force: true });
});

const down = async (): Promise<void> => {
  await beside.query(`alter database ${name} with allow_connections false`);
  await beside.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
};
const up = () => beside.query(`alter database ${name} with allow_connections true`);

async function signIn(who: string, remoteAddress: string, password?: string) {
  const login = logins.find(({ email }) => email.startsWith(who))!;
  const payload = { email: login.email, password: password ?? login.password, tokenType: 'bearer' };
  const answer = await app.http.app.inject({ method: 'POST', url: '/api/v1/auth/login', remoteAddress, headers: { host: 'sy.example' }, payload });
  return { said: answer.statusCode === 200 ? 'signed-in' : answer.json<{ type: string }>().type.split('/').at(-1)!, headers: answer.headers };
}
const times = async (count: number, act: () => ReturnType<typeof signIn>): Promise<string[]> => {
  const said: string[] = [];
  for (let index = 0; index < count; index += 1) said.push((await act()).said);
  return said;
};
const all = (count: number, said: string) => Array.from({ length: count }, () => said);

let next = 100;
/** What remains with the counters' own table gone, and everything else there, is proven in limits.test.ts. */
test('platform 15: Given the limiter store is down, when logging in, then half quotas apply locally and nothing is unlimited: here all of the store', async () => {
  const looked = vi.spyOn(app.iam.passwords, 'verify');
  expect(await times(5, () => signIn('adam', '198.51.100.1', 'not the password'))).toEqual(all(5, 'invalid-credentials'));
  expect((await signIn('adam', '198.51.100.1')).said).toBe('locked');
  expect(await times(2, () => signIn('dana', '198.51.100.2'))).toEqual(all(2, 'signed-in'));
  looked.mockClear();
  await down();
  try {
    // Ten a minute instead of twenty: each counts twice. None of them is a guess, since no password is looked at.
    const first = await signIn('dana', '198.51.100.3');
    expect([first.said, first.headers['retry-after']]).toEqual(['dependency-unavailable', '5']);
    expect(await times(9, () => signIn('dana', '198.51.100.3'))).toEqual(all(9, 'dependency-unavailable'));
    expect(await times(3, () => signIn('dana', '198.51.100.3'))).toEqual(all(3, 'rate-limited'));
    expect(await times(2, () => signIn('olivia', '198.51.100.3', 'a guess'))).toEqual(all(2, 'rate-limited'));
    expect((await signIn('olivia', '198.51.100.4')).said).toBe('dependency-unavailable');
    expect(looked).not.toHaveBeenCalled();
  } finally {
    await up();
  }
  // It comes back by itself, and the locks of before stand.
  await expect.poll(async () => (await signIn('olivia', `198.51.100.${(next += 1)}`)).said, { timeout: 60_000 }).toBe('signed-in');
  expect((await signIn('adam', '198.51.100.1')).said).toBe('locked');
});
