import { createCache, type Cache } from '#kernel/cache.ts';
import type { Clock } from '#kernel/clock.ts';
import type { Actor } from '#kernel/context.ts';
import type { Databases } from '#kernel/database.ts';
import type { Call } from '#kernel/gate.ts';
import type { Live } from '#kernel/live.ts';
import { Problem } from '#kernel/problem.ts';
import { keyHolder, sessionHolder, type Holder } from './holders.ts';
import { networkOf } from './network.ts';
import type { Memberships } from './providers/port.ts';
import { takeTry } from './throttle.ts';
import { readToken, type Presented } from './tokens.ts';

/** Heard when a session or key ends anywhere. */
export const CREDENTIALS_TOPIC = 'credentials';

/**
 * Who holds a credential, for five seconds. In the process that ends one it is forgotten at once, in others when the hint
 * arrives (normally within a second), and after five seconds if the hint is lost.
 */
export function createHolders({ now, live }: { now: Clock; live: Live }): Cache<Holder> {
  const cache = createCache<Holder>({ ttlMs: 5_000, max: 20_000, now });
  live.subscribe(CREDENTIALS_TOPIC, () => cache.clear());
  return cache;
}

export interface AuthenticateDeps {
  databases: Databases;
  now: Clock;
  holders: Cache<Holder>;
  memberships: Memberships;
}

const secondsUntil = (end: Date, at: Date): number => Math.max(1, Math.ceil((end.getTime() - at.getTime()) / 1000));

/** Step 1 and 2 of the Gate: credential → person → tenant. Without a database round trip while the holder is remembered. */
export function createAuthenticate({ databases, now, holders, memberships }: AuthenticateDeps) {
  async function look(presented: Presented, ip: string | null): Promise<Holder> {
    const at = now();
    const found = await databases.platform('authenticate', async (db) => {
      const holder =
        presented.kind === 'key' ? await keyHolder(db, presented, memberships, at) : await sessionHolder(db, presented.hash, memberships, at);
      if (holder) return { holder };
      // Guessing keys is hopeless, but it costs us; a neighbour's valid key on the same network is not refused for it.
      return { lock: presented.kind === 'key' ? (await takeTry(db, [{ limit: 'keys', subject: networkOf(ip) }], at)).lock : null };
    });
    if (found.holder) return found.holder;
    if (found.lock)
      throw new Problem('network-blocked', 'Too many unknown API keys came from your network.', {
        retryAfterSeconds: secondsUntil(found.lock.until, at),
      });
    throw unknown();
  }

  return async ({ credentials, tenant, ip }: Pick<Call, 'credentials' | 'tenant' | 'ip'>): Promise<Actor> => {
    if (!credentials) throw new Problem('unauthenticated', 'Sign in, or send an API key in the Authorization header.');
    const presented = readToken(credentials.token);
    // A cookie holds a session, never a key.
    if (!presented || (credentials.kind === 'session' && presented.kind === 'key')) throw unknown();
    const holder = await holders.read(presented.hash, () => look(presented, ip));
    if (holder.endsAt <= now()) {
      throw holder.kind === 'user'
        ? new Problem('session-expired', 'This session is over. Sign in again.')
        : new Problem('unauthenticated', 'This API key has expired. Make a new one.');
    }
    return actorOf(holder, tenant, ip);
  };
}

const unknown = (): Problem => new Problem('unauthenticated', 'The credential is not known here. Sign in again, or check the API key.');

function actorOf(holder: Holder, wanted: string | undefined, ip: string | null): Actor {
  const membership = holder.memberships.find((one) => (wanted === undefined ? one.tenantId === holder.tenantId : one.slug === wanted));
  if (!membership)
    throw new Problem(
      'tenant-not-found',
      wanted === undefined ? 'You are no longer an active member of this tenant.' : 'There is no such tenant, or you are not an active member of it.',
    );
  return {
    kind: holder.kind, id: holder.userId, name: holder.name, email: holder.email, tenantId: membership.tenantId, tenantSlug: membership.slug,
    credentialId: holder.credentialId, permissionCap: holder.permissionCap, ip,
  }; // prettier-ignore
}
