import type { Redis } from 'ioredis';
import { setTimeout as pause } from 'node:timers/promises';
import { sha256 } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { RedisPool } from '#kernel/redis.ts';
import { idleEnd, REMEMBERED_AFTER_END, SESSION } from './lifetimes.ts';
import { END, SWAP, USE } from './redis-scripts.ts';
import type { Sealing } from './sealing.ts';
import type { Found, SessionStore, StoredSession, Which } from './store.ts';

const keyOf = (hash: string): string => `sy:sess:${hash}`;
const idKey = (id: string): string => `sy:sid:${id}`;
const tagKey = (tag: string): string => `sy:tag:${tag}`;
/** Writers of one session give way to each other this often before one of them gives up. */
const MOST_TRIES = 200;

const pairTag = (kind: 'subject' | 'sid', issuer: string, value: string): string => `${kind}:${sha256(`${issuer}\0${value}`)}`;

/** Under which names a session is found in lists. */
function tagsOf({ userId, tenantId, provider }: StoredSession): string[] {
  return [
    `user:${userId}`,
    ...(tenantId === null ? [] : [`tenant:${tenantId}`]),
    ...(provider ? [pairTag('subject', provider.issuer, provider.subject)] : []),
    ...(provider?.sid === undefined ? [] : [pairTag('sid', provider.issuer, provider.sid)]),
  ];
}
function tagOf(which: Which): string {
  if ('sid' in which) return pairTag('sid', which.issuer, which.sid);
  if ('issuer' in which) return pairTag('subject', which.issuer, which.subject);
  return 'userId' in which ? `user:${which.userId}` : `tenant:${which.tenantId}`;
}
const isMeant = (session: StoredSession, which: Which): boolean =>
  tagsOf(session).includes(tagOf(which)) && (!('tenantId' in which) || which.tenantId === undefined || session.tenantId === which.tenantId);

type Sealed = Omit<StoredSession, 'authTime' | 'provenAt' | 'createdAt' | 'lastSeenAt' | 'idleExpiresAt' | 'expiresAt'> & {
  authTime: string;
  provenAt: string;
  createdAt: string;
  expiresAt: string;
};

/** Cookie and bearer sessions in Redis 6.2 or newer: a copy of it shows no person, and opens no session. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createRedisStore(pool: RedisPool, sealing: Sealing): SessionStore {
  const seal = (hash: string, { lastSeenAt: _, idleExpiresAt: __, ...session }: StoredSession): string => sealing.seal(session, `session\0${hash}`);

  /** Undefined for a value that was sealed under another key, or put here by somebody else. */
  function open(hash: string, value: string, seen: string): StoredSession | undefined {
    const found = sealing.open(value, `session\0${hash}`) as Sealed | undefined;
    if (!found) return undefined;
    const times = { authTime: new Date(found.authTime), provenAt: new Date(found.provenAt), createdAt: new Date(found.createdAt), expiresAt: new Date(found.expiresAt) }; // prettier-ignore
    const lastSeenAt = new Date(Number(seen));
    return { ...found, ...times, lastSeenAt, idleExpiresAt: idleEnd({ ...found, ...times }, lastSeenAt) };
  }
  const keptMs = ({ idleExpiresAt }: { idleExpiresAt: Date }, at: Date): number => idleExpiresAt.getTime() - at.getTime() + REMEMBERED_AFTER_END;
  const idKeptMs = ({ expiresAt }: { expiresAt: Date }, at: Date): number => expiresAt.getTime() - at.getTime() + REMEMBERED_AFTER_END;

  async function look(client: Redis, hash: string, at: Date, touchEvery: string): Promise<(Found & { value?: string }) | undefined> {
    const answer = (await client.eval(USE, 1, keyOf(hash), at.getTime(), touchEvery, REMEMBERED_AFTER_END)) as string[] | null;
    const [state, value, seen] = answer ?? [];
    if (state === 'ended' || state === 'expired') return { state };
    const session = value === undefined ? undefined : open(hash, value, seen!);
    return session && { state: 'live', session, value: value! };
  }

  /** What is found of a session at the hash of its secret. One that gets another secret between the two questions is followed there. */
  async function follow<T>(
    client: Redis,
    id: string,
    ask: (hash: string) => Promise<T | undefined>,
  ): Promise<{ hash: string; found: T } | undefined> {
    for (let hash = await client.get(idKey(id)), before: string | null = null; hash !== null && hash !== before;) {
      const found = await ask(hash);
      if (found !== undefined) return { hash, found };
      before = hash;
      hash = await client.get(idKey(id));
    }
    return undefined;
  }
  const lookById = (client: Redis, id: string, at: Date) => follow(client, id, (hash) => look(client, hash, at, ''));

  async function tag(client: Redis, tags: readonly string[], { id, expiresAt }: StoredSession, at: Date): Promise<void> {
    const batch = client.multi();
    for (const one of tags) {
      batch.zadd(tagKey(one), expiresAt.getTime(), id);
      batch.zremrangebyscore(tagKey(one), '-inf', at.getTime());
      batch.pexpire(tagKey(one), SESSION.absolute + REMEMBERED_AFTER_END);
    }
    await batch.exec();
  }
  async function untag(client: Redis, tags: readonly string[], id: string): Promise<void> {
    const batch = client.multi();
    for (const one of tags) batch.zrem(tagKey(one), id);
    await batch.exec();
  }

  /** One try; undefined when somebody was faster. */
  async function swap(client: Redis, id: string, at: Date, edit: Parameters<SessionStore['change']>[3], secretHash: string | undefined) {
    const { hash, found } = (await lookById(client, id, at)) ?? {};
    if (hash === undefined || found?.state !== 'live') return { done: true as const, session: undefined };
    const before = found.session;
    const edited = edit(before);
    if (!edited) return { done: true as const, session: undefined };
    const session = { ...before, ...edited, id, version: before.version + 1 };
    const target = secretHash ?? hash;
    // Names are added before and taken away after, so that at no time is the session missing from a list.
    await tag(client, tagsOf(session), session, at);
    const value = seal(target, session);
    const swapped = await client.eval(
      SWAP, 3, keyOf(hash), keyOf(target), idKey(id),
      found.value!, value, session.idleSeconds * 1000, session.expiresAt.getTime(), target, keptMs(session, at), idKeptMs(session, at),
    ); // prettier-ignore
    if (swapped !== 1) return undefined;
    const now = new Set(tagsOf(session));
    const gone = tagsOf(before).filter((one) => !now.has(one));
    if (gone.length > 0) await untag(client, gone, id);
    return { done: true as const, session };
  }

  async function endThose(client: Redis, ids: readonly string[], reason: string, at: Date): Promise<string[]> {
    const ended: string[] = [];
    for (const id of ids) {
      const end = (hash: string) => client.eval(END, 1, keyOf(hash), at.getTime(), reason, REMEMBERED_AFTER_END) as Promise<string | null>;
      const gone = await follow(client, id, async (hash) => (await end(hash)) ?? undefined);
      if (!gone) continue;
      ended.push(id);
      const session = open(gone.hash, gone.found, String(at.getTime()));
      if (session) await untag(client, tagsOf(session), id);
    }
    return ended;
  }
  async function listed(client: Redis, which: Which, at: Date): Promise<StoredSession[]> {
    const ids = await client.zrangebyscore(tagKey(tagOf(which)), at.getTime(), '+inf');
    const hashes = ids.length === 0 ? [] : await client.mget(ids.map(idKey));
    const lookAt = async (id: string, hash: string): Promise<Found | undefined> =>
      (await look(client, hash, at, '')) ?? (await lookById(client, id, at))?.found;
    const found = await Promise.all(hashes.map(async (hash, nth) => (hash === null ? undefined : lookAt(ids[nth]!, hash))));
    return found
      .flatMap((one) => (one?.state === 'live' && isMeant(one.session, which) ? [one.session] : []))
      .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1));
  }

  return {
    create: (_db, session, hash, most) =>
      pool.run(async (client) => {
        // Pairs are kept elsewhere: all that is here is of one sort.
        const before = await listed(client, { userId: session.userId }, session.createdAt);
        const [times, ttl] = [{ seen: session.lastSeenAt.getTime(), idle: session.idleSeconds * 1000, end: session.expiresAt.getTime() }, keptMs(session, session.createdAt)]; // prettier-ignore
        await client.multi().hset(keyOf(hash!), { v: seal(hash!, session), ...times }).pexpire(keyOf(hash!), ttl).set(idKey(session.id), hash!, 'PX', idKeptMs(session, session.createdAt)).exec(); // prettier-ignore
        await tag(client, tagsOf(session), session, session.createdAt);
        await endThose(client, before.slice(most - 1).map(({ id }) => id), 'limit', session.createdAt); // prettier-ignore
      }),
    use: (_db, hash, at) => pool.run((client) => look(client, hash, at, String(SESSION.touchedEvery))),
    find: (_db, id, at) => pool.run(async (client) => (await lookById(client, id, at))?.found),
    change: (_db, id, at, edit, secretHash) =>
      pool.run(async (client) => {
        for (let tries = 0; tries < MOST_TRIES; tries += 1) {
          const outcome = await swap(client, id, at, edit, secretHash);
          if (outcome) return outcome.session;
          await pause(Math.random() * Math.min(tries, 20));
        }
        throw new Problem('dependency-unavailable', 'Too many calls change this session at once. Try again.', { retryAfterSeconds: 1 });
      }),
    end: (_db, ids, reason, at) => pool.run((client) => endThose(client, ids, reason, at)),
    list: (_db, which, at) => pool.run((client) => listed(client, which, at)),
    // Redis forgets by itself.
    sweep: async () => undefined,
    close: () => pool.close(),
  };
}
