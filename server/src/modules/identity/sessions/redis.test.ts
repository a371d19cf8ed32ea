import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openRedis, type RedisPool } from '#kernel/redis.ts';
import { sha256 } from '#kernel/ids.ts';
import { bearer, cookie, createCompany, type Company } from '#test/company.ts';
import { hasRedis, startRedis, type TestRedis } from '#test/redis.ts';
import { authLogin, authLogout, authMe, authRefresh, authSessionsList, authSessionsRevokeOthers, authSwitchTenant } from '../index.ts';
import { createRedisStore } from './redis.ts';
import type { Sealing } from './sealing.ts';

const HOUR = 3_600_000;

test('a plain connection to another machine is refused, but for a lab', () => {
  const options = { connections: 1, timeoutMs: 100 };
  expect(() => openRedis({ url: 'redis://cache.example:6379', ...options })).toThrow(/without TLS/);
  for (const allowed of [{ url: 'rediss://cache.example:6379' }, { url: 'redis://127.0.0.1:6379' }, { url: 'redis://cache.example', plain: true }])
    expect(() => openRedis({ ...allowed, ...options })).not.toThrow();
});

describe.skipIf(!hasRedis)('sessions that live in Redis', () => {
  let redis: TestRedis;
  let company: Company;
  let sealing: Sealing;
  const open = () => openRedis({ url: redis.url, connections: 2, timeoutMs: 5_000 });
  const webStore: NonNullable<Parameters<typeof createCompany>[0]>['webStore'] = (given) => createRedisStore(open(), (sealing = given));
  beforeAll(async () => {
    redis = await startRedis();
    company = await createCompany({ webStore });
  });
  afterAll(async () => {
    await company?.close();
    await redis?.close();
  });
  beforeEach(() => company.sql('delete from auth.login_attempts'));

  const slug = (token: string) => company.slugOf(authMe, {}, bearer(token));

  test('somebody signs in, goes on in another tenant, and leaves; PostgreSQL holds no session of theirs', async () => {
    const signed = await company.signIn('priya');
    expect(signed.tenant).toBeNull();
    const switched = await company.done(authSwitchTenant, { tenantId: signed.tenants[1]!.id }, cookie(signed.token!));
    expect(await slug(signed.token!)).toBe('unauthenticated');
    expect(await company.done(authMe, {}, cookie(switched.token!))).toMatchObject({ tenant: { slug: 'globex' } });
    expect(await company.sql('select id from auth.sessions')).toEqual([]);
    await company.done(authLogout, {}, cookie(switched.token!));
    expect(await slug(switched.token!)).toBe('session-revoked');
  });

  test('an end counts, also when the session gets another secret after it was looked up', async () => {
    const signed = await company.signIn('dana');
    const { id } = (await company.iam.sessions.list(signed.user.id))[0]!;
    const pool = open();
    let proven: { token?: string | undefined } | undefined;
    const interrupted: RedisPool['run'] = (work) =>
      pool.run((client) => {
        const get = async (key: string): Promise<string | null> => {
          const found = await client.get(key);
          proven ??= await company.iam.sessions.prove(id, ['pwd'], 1, company.clock.at);
          return found;
        };
        return work(Object.create(client, { get: { value: get } }) as typeof client);
      });
    try {
      const ended = await createRedisStore({ ...pool, run: interrupted }, sealing).end(undefined as never, [id], 'revoked', company.clock.at);
      expect(ended).toEqual([id]);
      expect(await slug(proven!.token!)).toBe('session-revoked');
    } finally {
      await pool.close();
    }
  });

  test('the eleventh ends the first, and the others can be ended together', async () => {
    const tokens: string[] = [];
    for (let count = 0; count < 11; count += 1) {
      company.clock.pass(10);
      tokens.push((await company.signIn('vera')).token!);
    }
    expect(await slug(tokens[0]!)).toBe('session-revoked');
    expect((await company.done(authSessionsList, {}, bearer(tokens[10]!))).items).toHaveLength(10);
    expect(await company.done(authSessionsRevokeOthers, {}, bearer(tokens[10]!))).toEqual({ ended: 9 });
    expect(await slug(tokens[9]!)).toBe('session-revoked');
    expect((await company.done(authSessionsList, {}, bearer(tokens[10]!))).items).toHaveLength(1);
  });

  test('governance 13: Given two instances and one Redis, when a session is revoked on A, then B refuses it within 1 s', async () => {
    const second = await createCompany({ beside: company, webStore });
    try {
      second.clock.at = company.clock.at; // stands still, so nothing is forgotten by time
      const { token } = await company.signIn('dana');
      await second.done(authMe, {}, bearer(token!));
      await company.done(authLogout, {}, bearer(token!));
      const there = () => second.call(authMe, {}, bearer(token!)).then(() => 'works', (problem: { slug: string }) => problem.slug); // prettier-ignore
      await expect.poll(there, { timeout: 60_000 }).toBe('session-revoked');
    } finally {
      await second.close();
    }
  });

  test('governance 14: Given a dump of the session store, when keys are replayed as cookies, then none works', async () => {
    const { token } = await company.signIn('dana', { ip: '198.51.100.14' });
    const values = new Set<string>();
    for (const key of await redis.client.keys('*')) {
      values.add(key).add(key.split(':').at(-1)!);
      const kind = await redis.client.type(key);
      const held = kind === 'hash' ? Object.values(await redis.client.hgetall(key)) : kind === 'zset' ? await redis.client.zrange(key, '0', '-1') : [await redis.client.get(key)]; // prettier-ignore
      for (const value of held) values.add(value!).add(value!.split('.').at(-1)!);
    }
    expect(values).toContain(sha256(token!));
    const dump = [...values].join('\n');
    for (const clear of [token!, 'dana@acme.example', '198.51.100.14']) expect(dump).not.toContain(clear);
    for (const value of values) {
      expect(await company.slugOf(authMe, {}, cookie(value))).toBe('unauthenticated');
      expect((await company.refused(authMe, {}, bearer(value))).kind.status).toBe(401);
    }
  });

  test('a value that was put there by somebody without our key, or moved to another place, opens nothing', async () => {
    const { token } = await company.signIn('olivia');
    const mine = `sy:sess:${sha256(token!)}`;
    const forged = 'A'.repeat(43);
    await redis.client.copy(mine, `sy:sess:${sha256(forged)}`);
    expect(await slug(forged)).toBe('unauthenticated');
    await redis.client.hset(mine, 'v', `0.${Buffer.from('{"userId":"x"}').toString('base64url')}`);
    company.clock.pass(6_000);
    expect(await slug(token!)).toBe('unauthenticated');
  });

  test('Given the store is down, then cookies are answered 503 dependency-unavailable, and API keys and signed access tokens keep working', async () => {
    const browser = (await company.signIn('dana')).token!;
    const { accessToken, refreshToken } = await company.signIn('dana', { tokenType: 'pair' });
    await redis.stop();
    try {
      const problem = await company.refused(authMe, {}, cookie(browser));
      expect([problem.slug, problem.kind.status, problem.extras.retryAfterSeconds]).toEqual(['dependency-unavailable', 503, 5]);
      const { email, password } = company.login('dana');
      expect(await company.refused(authLogin, { email, password }, null)).toMatchObject({
        slug: 'dependency-unavailable',
      });
      expect(await company.done(authMe, {}, company.key('dana'))).toMatchObject({ actor: { kind: 'apiKey' } });
      expect(await company.done(authMe, {}, bearer(accessToken!))).toMatchObject({ tenant: { slug: 'acme' } });
      company.clock.pass(600_000);
      const next = await company.done(authRefresh, { refreshToken }, null);
      expect(await company.done(authMe, {}, bearer(next.accessToken!))).toMatchObject({ tenant: { slug: 'acme' } });
    } finally {
      await redis.start();
    }
    // What it held is gone with it; whoever comes signs in again.
    await expect.poll(() => slug(browser), { timeout: 60_000 }).toBe('unauthenticated');
    const again = (await company.signIn('dana')).token!;
    company.clock.pass(7 * HOUR);
    expect(await company.done(authMe, {}, cookie(again))).toMatchObject({ tenant: { slug: 'acme' } });
    company.clock.pass(9 * HOUR);
    expect(await slug(again)).toBe('session-expired');
  });
});
