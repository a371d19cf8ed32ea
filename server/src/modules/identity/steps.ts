import { createCache, type Cache } from '#kernel/cache.ts';
import type { Clock } from '#kernel/clock.ts';
import type { Actor } from '#kernel/context.ts';
import type { Databases } from '#kernel/database.ts';
import type { Call } from '#kernel/gate.ts';
import type { Live } from '#kernel/live.ts';
import { Problem } from '#kernel/problem.ts';
import type { SecondFactors } from './factors/port.ts';
import { actorOf } from './actor.ts';
import { agentHolder, type AgentTokens } from './agent-tokens.ts';
import { keyHolder, sessionHolder, type Holder } from './holders.ts';
import { networkOf } from './network.ts';
import type { Memberships } from './providers/port.ts';
import type { AccessTokens } from './sessions/access-token.ts';
import { liveOf } from './sessions/found.ts';
import type { Stores } from './sessions/stores.ts';
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
  factors: SecondFactors;
  stores: Stores;
  accessTokens: AccessTokens;
  /** Tokens of agents; without it there are none. */
  agents?: AgentTokens | undefined;
}

const secondsUntil = (end: Date, at: Date): number => Math.max(1, Math.ceil((end.getTime() - at.getTime()) / 1000));

/** Step 1 and 2 of the Gate: credential → person → tenant. Without a database round trip while the holder is remembered. */
export function createAuthenticate(deps: AuthenticateDeps) {
  const { databases, now, holders, memberships, stores, accessTokens } = deps;

  /** A signed token is good for its session alone, and no longer than itself. */
  async function accessHolder(token: string, at: Date): Promise<Holder> {
    const { sessionId, userId, tenantId, endsAt } = await accessTokens.verify(token);
    return databases.lookUp(async (db) => {
      const session = liveOf(await stores.pair(db, sessionId, at));
      if (session.userId !== userId) throw unknown();
      const holder = { ...(await sessionHolder(db, session, deps, at)), ...(tenantId === undefined ? {} : { claimed: tenantId }) };
      if (holder.endsAt <= endsAt) return holder;
      return {
        ...holder,
        endsAt,
        whenOver: () => new Problem('token-expired', 'The access token is over. Get the next one with the refresh token.'),
      };
    });
  }

  async function ofKey(presented: Presented & { kind: 'key' }, ip: string | null, at: Date): Promise<Holder> {
    const holder = await databases.lookUp((db) => keyHolder(db, presented, memberships, { at, ip }));
    if (holder) return holder;
    // Guessing keys is hopeless, but it costs us; a neighbour's valid key on the same network is not refused for it.
    const { lock } = await databases.platform('unknown key', (db) => takeTry(db, [{ limit: 'keys', subject: networkOf(ip) }], at));
    if (!lock) throw unknown();
    throw new Problem('network-blocked', 'Too many unknown API keys came from your network.', {
      retryAfterSeconds: secondsUntil(lock.until, at),
    });
  }

  async function look(presented: Presented, ip: string | null): Promise<Holder> {
    const at = now();
    if (presented.kind === 'access') return accessHolder(presented.token, at);
    if (presented.kind === 'key') return ofKey(presented, ip, at);
    if (presented.kind === 'agent') return agentHolder(deps, presented.hash, { at, ip });
    return databases.lookUp(async (db) => sessionHolder(db, liveOf(await stores.use(db, presented.hash, at)), deps, at));
  }

  return async ({
    credentials,
    tenant,
    ip,
    surface,
    endpoint,
  }: Pick<Call, 'credentials' | 'tenant' | 'ip' | 'surface' | 'endpoint'>): Promise<Actor> => {
    if (!credentials) throw new Problem('unauthenticated', 'Sign in, or send an API key in the Authorization header.');
    const presented = readToken(credentials.token);
    // A cookie holds a session, never a key or a signed token.
    if (!presented || (credentials.kind === 'session' && presented.kind !== 'session')) throw unknown();
    const holder = await holders.read(presented.hash, () => look(presented, ip));
    if (holder.endsAt <= now()) throw holder.whenOver();
    // RFC 8707: a token for one address is nothing at any other, and least of all a way into REST.
    if (holder.audience !== undefined && holder.audience !== endpoint) throw unknown();
    const actor = await actorOf(memberships, holder, tenant, ip);
    if (surface === 'mcp' && actor.kind === 'apiKey') requireKeysForAgents(holder, actor);
    return actor;
  };
}

/** A tenant may want to know which program acts: then agents come by a consent of the person, and not with a key. */
function requireKeysForAgents({ memberships }: Holder, { tenantId }: Actor): void {
  if (memberships.find((one) => one.tenantId === tenantId)?.agentKeys !== false) return;
  throw new Problem('agent-token-required', 'This tenant lets agents in by a consent in the browser only, not with API keys. Connect without a key.');
}

const unknown = (): Problem => new Problem('unauthenticated', 'The credential is not known here. Sign in again, or check the API key.');
