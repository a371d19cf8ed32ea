import type { Database } from '#kernel/database.ts';
import { randomToken } from '#kernel/ids.ts';
import type { Membership } from '../providers/port.ts';
import { mintSession } from '../tokens.ts';
import type { AccessTokens } from './access-token.ts';
import { absoluteEnd, idleEnd, idleSecondsOf, sessionsAllowed } from './lifetimes.ts';
import { refreshToken } from './refresh-token.ts';
import type { StoredSession } from './store.ts';
import type { Stores } from './stores.ts';
import type { Arrival, FirstFactor, Issued } from './types.ts';

export interface IssueDeps {
  stores: Stores;
  accessTokens: AccessTokens;
  refreshKey: Uint8Array;
}
export interface Holding {
  user: Issued['user'];
  tenants: Membership[];
}

/** What the holder of a session gets in hand. `token` is the secret of a cookie or bearer session when it has just been made. */
export async function issued(
  { accessTokens, refreshKey }: IssueDeps,
  db: Database,
  session: StoredSession,
  { user, tenants }: Holding,
  at: Date,
  token?: string,
): Promise<Issued> {
  const common = {
    user: { id: user.id, email: user.email, name: user.name },
    tenant: tenants.find((one) => one.tenantId === session.tenantId) ?? null,
    tenants,
    sessionId: session.id,
    tokenType: session.kind,
    expiresAt: session.idleExpiresAt,
  };
  if (session.kind !== 'pair') return { ...common, token };
  const access = await accessTokens.sign(db, session, at);
  return { ...common, accessToken: access.token, expiresIn: access.expiresIn, refreshToken: refreshToken(refreshKey, session) };
}

/** Secrets of a session that begins or goes on: a random token, or another seed for a pair. */
export const mintSecret = (kind: StoredSession['kind']): { token?: string; hash: string | null; refresh: StoredSession['refresh'] } => {
  if (kind === 'pair') return { hash: null, refresh: { seed: randomToken(32), generation: 0, rotatedAt: null } };
  return { ...mintSession(), refresh: null };
};

interface Opening extends Holding {
  sessionId: string;
  home: Membership | undefined;
  first: FirstFactor;
  arrival: Arrival;
  privileged: boolean;
}

/** Opens a session and ends the oldest beyond what a person may have. The caller holds the person's row, so that parallel sign-ins take turns. */
export async function openSession(
  deps: IssueDeps,
  db: Database,
  { sessionId, home, first, arrival, privileged, ...holding }: Opening,
  at: Date,
): Promise<Issued> {
  const { kind, ip, agent, rememberMe = false } = arrival;
  const strictness = { tenant: home, privileged, rememberMe };
  const times = { idleSeconds: idleSecondsOf(kind, strictness), expiresAt: absoluteEnd(kind, at, strictness) };
  const { token, hash, refresh } = mintSecret(kind);
  const session: StoredSession = {
    id: sessionId, userId: holding.user.id, tenantId: home?.tenantId ?? null, kind, version: 1, amr: first.amr, level: first.level, authTime: at, provenAt: at,
    createdAt: at, lastSeenAt: at, ...times, idleExpiresAt: idleEnd(times, at), ip, agent: agent?.slice(0, 512) ?? null, provider: first.provider ?? null, refresh,
  }; // prettier-ignore
  await deps.stores.of(kind).create(db, session, hash, sessionsAllowed(kind));
  const kept = rememberMe && kind === 'cookie' ? { keptSeconds: Math.floor((times.expiresAt.getTime() - at.getTime()) / 1_000) } : {};
  return { ...(await issued(deps, db, session, holding, at, token)), ...kept };
}
