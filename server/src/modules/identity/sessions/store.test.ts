import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabases, type Database, type Databases } from '#kernel/database.ts';
import { newId, randomToken, sha256 } from '#kernel/ids.ts';
import { openRedis } from '#kernel/redis.ts';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { hasRedis, startRedis, type TestRedis } from '#test/redis.ts';
import { idleEnd, SESSION } from './lifetimes.ts';
import { createPostgresStore } from './postgres.ts';
import { createRedisStore } from './redis.ts';
import { createSealing } from './sealing.ts';
import type { SessionStore, StoredSession } from './store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const KEY = randomBytes(32);
const T0 = new Date();
const later = (ms: number): Date => new Date(T0.getTime() + ms);

interface Backend {
  /** What it needs is on this machine. */
  present: boolean;
  open: (databases: Databases) => Promise<{ store: (key?: Uint8Array) => SessionStore; dump: () => Promise<string>; close: () => Promise<void> }>;
}

const BACKENDS: Record<string, Backend> = {
  PostgreSQL: {
    present: true,
    open: async (databases) => ({
      store: (key = KEY) => createPostgresStore(createSealing(key)),
      dump: () => databases.platform('dump', async (db) => (await db.$client.query<{ row: string }>('select s::text as row from auth.sessions s')).rows.map(({ row }) => row).join('\n')),
      close: async () => undefined,
    }),
  },
  Redis: {
    present: hasRedis,
    async open() {
      const redis: TestRedis = await startRedis();
      const pools = [openRedis({ url: redis.url, connections: 4, timeoutMs: 5_000 })];
      return {
        store: (key = KEY) => createRedisStore(pools[0]!, createSealing(key)),
        async dump() {
          const parts: string[] = [];
          for (const key of await redis.client.keys('*')) {
            const kind = await redis.client.type(key);
            const value = kind === 'hash' ? await redis.client.hgetall(key) : kind === 'zset' ? await redis.client.zrange(key, '0', '-1') : await redis.client.get(key);
            parts.push(key, JSON.stringify(value));
          }
          return parts.join('\n');
        },
        async close() {
          for (const pool of pools) await pool.close();
          await redis.close();
        },
      };
    },
  },
}; // prettier-ignore

for (const [name, backend] of Object.entries(BACKENDS))
  describe.skipIf(!backend.present)(`sessions in ${name}`, () => {
    let databases: Databases;
    let opened: Awaited<ReturnType<Backend['open']>>;
    let store: SessionStore;
    let userId: string;
    beforeAll(async () => {
      databases = openDatabases({ url: await cloneDatabase(), masterKey: testMasterKey(), poolSize: 20 });
      opened = await backend.open(databases);
      store = opened.store();
    });
    afterAll(async () => {
      await opened?.close();
      await databases?.close();
    });
    const within = <T>(work: (db: Database) => Promise<T>): Promise<T> => databases.platform('test', work);

    async function person(): Promise<string> {
      const id = newId();
      await within((db) => db.$client.query('insert into auth.users (id, email, name) values ($1, $2, $3)', [id, `${id}@acme.example`, 'Test']));
      return id;
    }
    async function made(given: Partial<StoredSession> = {}): Promise<{ session: StoredSession; token: string; hash: string }> {
      userId = given.userId ?? (await person());
      const token = randomToken(32);
      const times = { idleSeconds: SESSION.idle / 1000, expiresAt: later(SESSION.absolute) };
      const session: StoredSession = {
      id: newId(), userId, tenantId: null, kind: 'cookie', version: 1, amr: ['pwd'], level: 1, authTime: T0, provenAt: T0, createdAt: T0, lastSeenAt: T0,
      ...times, idleExpiresAt: idleEnd(times, T0), ip: '192.0.2.1', agent: 'Mozilla/5.0', provider: null, refresh: null, ...given,
    }; // prettier-ignore
      await within((db) => store.create(db, session, sha256(token), 10));
      return { session, token, hash: sha256(token) };
    }
    const use = (hash: string, at: Date) => within((db) => store.use(db, hash, at));
    const stateAt = async (hash: string, at: Date) => (await use(hash, at))?.state;

    test('what was kept comes back as it was, under the hash of its secret alone', async () => {
      const provider = { id: 'corp', issuer: 'https://idp.example', subject: 'u1', sid: 's1', tokens: { refreshToken: 'idp-refresh' } };
      const { session, token, hash } = await made({ provider, level: 2, amr: ['pwd', 'otp'] });
      expect(await use(hash, T0)).toMatchObject({ state: 'live', session });
      expect(await within((db) => store.find(db, session.id, T0))).toMatchObject({ state: 'live', session });
      expect(await use(token, T0)).toBeUndefined();
      expect(await use(sha256('another'), T0)).toBeUndefined();
    });

    test('governance 12: Given a session idle 7 h 59 min, when used, then it lives 8 h more; idle 8 h 1 min → 401 session-expired', async () => {
      const { hash } = await made();
      expect(await stateAt(hash, later(7 * HOUR + 59 * MINUTE))).toBe('live');
      expect(await stateAt(hash, later(15 * HOUR + 58 * MINUTE))).toBe('live');
      expect(await stateAt(hash, later(23 * HOUR + 59 * MINUTE))).toBe('expired');
    });

    test('it ends in any case when its time is over, however busy', async () => {
      const { hash } = await made({ expiresAt: later(10 * HOUR) });
      expect(await stateAt(hash, later(7 * HOUR))).toBe('live');
      const found = await use(hash, later(9 * HOUR));
      expect(found).toMatchObject({ session: { idleExpiresAt: later(10 * HOUR) } });
      expect(await stateAt(hash, later(10 * HOUR))).toBe('expired');
    });

    test('use is written once a minute, also when many come at once', async () => {
      const { hash, session } = await made();
      expect(await use(hash, later(59_000))).toMatchObject({ session: { lastSeenAt: T0 } });
      await Promise.all(Array.from({ length: 20 }, (_, index) => use(hash, later(61_000 + index))));
      const seen = await within((db) => store.find(db, session.id, later(62_000)));
      const after = seen?.state === 'live' ? seen.session.lastSeenAt.getTime() - T0.getTime() : 0;
      expect(after).toBeGreaterThanOrEqual(61_000);
      expect(await use(hash, later(after + 59_000))).toMatchObject({ session: { lastSeenAt: later(after) } });
    });

    test('governance 15: Given 50 parallel writers to one session, when done, then no update is lost', async () => {
      const { session, hash } = await made({ agent: '' });
      await Promise.all(
        Array.from({ length: 50 }, (_, index) => within((db) => store.change(db, session.id, T0, ({ agent }) => ({ agent: `${agent} ${index}` })))),
      );
      const found = await use(hash, T0);
      const after = found?.state === 'live' ? found.session : undefined;
      expect(after?.version).toBe(51);
      expect(after?.agent?.trim().split(' ').map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index)); // prettier-ignore
    });

    test('with another secret it goes on, and the old one opens nothing', async () => {
      const { session, hash } = await made();
      const next = sha256(randomToken(32));
      const changed = await within((db) => store.change(db, session.id, later(MINUTE), () => ({ level: 2, provenAt: later(MINUTE) }), next));
      expect(changed).toMatchObject({ id: session.id, level: 2, version: 2 });
      expect(await use(hash, later(MINUTE))).toBeUndefined();
      expect(await use(next, later(MINUTE))).toMatchObject({ session: { id: session.id, level: 2, provenAt: later(MINUTE) } });
      // Long after the change it is still found by its id.
      for (let hour = 7; hour < 48; hour += 7) expect(await stateAt(next, later(hour * HOUR))).toBe('live');
      expect(await within((db) => store.find(db, session.id, later(43 * HOUR)))).toMatchObject({ state: 'live' });
    });

    test('a change that is declined, or comes after the end, changes nothing', async () => {
      const { session, hash } = await made();
      expect(await within((db) => store.change(db, session.id, T0, () => undefined))).toBeUndefined();
      expect(await within((db) => store.change(db, randomUUID(), T0, () => ({ level: 2 })))).toBeUndefined();
      expect(await within((db) => store.end(db, [session.id], 'logout', T0))).toEqual([session.id]);
      expect(await within((db) => store.change(db, session.id, T0, () => ({ level: 2 })))).toBeUndefined();
      expect(await stateAt(hash, T0)).toBe('ended');
    });

    test('an end counts once, and says so to whoever still holds the secret', async () => {
      const { session, hash } = await made();
      const ended = await Promise.all(Array.from({ length: 5 }, () => within((db) => store.end(db, [session.id, randomUUID()], 'revoked', T0))));
      expect(ended.flat()).toEqual([session.id]);
      expect(await stateAt(hash, T0)).toBe('ended');
      expect(await within((db) => store.find(db, session.id, T0))).toEqual({ state: 'ended' });
    });

    test('they are listed by person, tenant, and identity at a provider, live ones only', async () => {
      const me = await person();
      const other = await person();
      const idp = (subject: string, sid: string) => ({ provider: { id: 'corp', issuer: 'https://idp.example/x', subject, sid } });
      const one = (await made({ userId: me, createdAt: later(1), ...idp(me, 's-1') })).session;
      const two = (await made({ userId: me, createdAt: later(2), ...idp(me, 's-2') })).session;
      const theirs = (await made({ userId: other, ...idp(other, 's-3') })).session;
      const ended = (await made({ userId: me })).session;
      await within((db) => store.end(db, [ended.id], 'logout', T0));
      const ids = async (which: Parameters<SessionStore['list']>[1], at = T0) =>
        (await within((db) => store.list(db, which, at))).map(({ id }) => id);
      expect(await ids({ userId: me })).toEqual([two.id, one.id]);
      expect(await ids({ issuer: 'https://idp.example/x', subject: me })).toEqual([two.id, one.id]);
      expect(await ids({ issuer: 'https://idp.example/x', sid: 's-3' })).toEqual([theirs.id]);
      expect(await ids({ issuer: 'https://idp.example/y', sid: 's-3' })).toEqual([]);
      expect(await ids({ userId: me }, later(9 * HOUR))).toEqual([]);
    });

    test('governance 14: Given a dump of the session store, when keys are replayed as cookies, then none works', async () => {
      const provider = { id: 'corp', issuer: 'https://idp.example', subject: 'u9', tokens: { refreshToken: 'canary-of-a-provider-token' } };
      const { token } = await made({ provider });
      const dump = await opened.dump();
      expect(dump).not.toContain(token);
      expect(dump).not.toContain('canary-of-a-provider-token');
      const values = new Set(dump.split(/[\s(),:"{}[\]]+/).filter((part) => part.length >= 8));
      expect(values.size).toBeGreaterThan(3);
      // What a caller presents is hashed before it is looked for, so even a key of the dump leads nowhere.
      for (const value of values) expect(await use(sha256(value), T0)).toBeUndefined();
    });

    test('under another master key nothing of a provider can be read', async () => {
      const provider = { id: 'corp', issuer: 'https://idp.example', subject: 'u10', tokens: { refreshToken: 'secret' } };
      const { hash } = await made({ provider });
      const elsewhere = await within((db) => opened.store(randomBytes(32)).use(db, hash, T0));
      expect(elsewhere?.state === 'live' ? elsewhere.session.provider?.tokens : undefined).toBeUndefined();
    });
  });
