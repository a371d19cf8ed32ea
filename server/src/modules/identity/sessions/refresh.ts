import type { Clock } from '#kernel/clock.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import { networkOf } from '../network.ts';
import { takeTry, type Counter } from '../throttle.ts';
import { issued, type Holding, type IssueDeps } from './issue.ts';
import { idleEnd } from './lifetimes.ts';
import { isOurs, readRefreshToken, verdictOn, type ReadRefresh } from './refresh-token.ts';
import type { StoredSession } from './store.ts';
import type { Issued } from './types.ts';

export interface From {
  ip: string | null;
  agent: string | null;
}
export interface RefreshDeps extends IssueDeps {
  databases: Databases;
  now: Clock;
  holding: (db: Database, userId: string) => Promise<Holding>;
  /** Told in the transaction that ended a session because an old refresh token of it came back. */
  reused: (db: Database, session: StoredSession, from: From, at: Date) => Promise<void>;
}

type Outcome = { issued: Issued } | { refused: Problem; ended?: true };

const refuse = (slug: string, detail: string): Outcome => ({ refused: new Problem(slug, detail) });
const INVALID = 'The refresh token is not good here. Sign in again.';

/** Another generation of a pair (platform.md 4.5). `ended` is called when a session was ended for reuse. */
export function createRefresh(deps: RefreshDeps, ended: () => void) {
  const { databases, now, stores, refreshKey, holding, reused } = deps;

  async function rotate(db: Database, { sessionId, generation }: ReadRefresh, at: Date): Promise<StoredSession | 'theft' | undefined> {
    let theft = false;
    let current: StoredSession | undefined;
    const changed = await stores.of('pair').change(db, sessionId, at, (session) => {
      const verdict = verdictOn(generation, session.refresh!, at);
      theft = verdict === 'theft';
      current = session;
      if (verdict !== 'rotate') return undefined;
      return {
        refresh: { ...session.refresh!, generation: generation + 1, rotatedAt: at },
        lastSeenAt: at,
        idleExpiresAt: idleEnd(session, at),
      };
    });
    return theft ? 'theft' : (changed ?? current);
  }

  async function attempt(db: Database, token: string, from: From, at: Date): Promise<Outcome> {
    const read = readRefreshToken(token);
    const counters: Counter[] = [{ limit: 'refreshNetwork', subject: networkOf(from.ip) }];
    const outcome = await (async (): Promise<Outcome> => {
      const found = read && (await stores.pair(db, read.sessionId, at));
      if (!read || !found) return refuse('token-invalid', INVALID);
      if (found.state === 'ended') return refuse('session-revoked', 'This session was ended. Sign in again.');
      if (found.state === 'expired') return refuse('session-expired', 'This session is over. Sign in again.');
      // Not ours: nothing that anybody can make up touches a session.
      if (!isOurs(refreshKey, read, found.session.refresh!.seed)) return refuse('token-invalid', INVALID);
      counters.push({ limit: 'refresh', subject: read.sessionId });
      const holder = await holding(db, found.session.userId);
      const session = await rotate(db, read, at);
      if (!session) return refuse('session-revoked', 'This session was ended. Sign in again.');
      if (session !== 'theft') return { issued: await issued(deps, db, session, holder, at) };
      await stores.end(db, [read.sessionId], 'refresh_reuse', at);
      await reused(db, found.session, from, at);
      const detail = 'This refresh token was replaced before, so somebody else may hold a copy. The session was ended. Sign in again.';
      return { ...refuse('refresh-reuse-detected', detail), ended: true } as Outcome;
    })();
    // Last, so that those who share a network wait for each other no longer than the commit takes.
    const { lock } = await takeTry(db, counters, at);
    if (lock)
      throw new Problem('rate-limited', 'Too many refreshes. An access token is good for fifteen minutes; keep it that long.', {
        retryAfterSeconds: Math.max(1, Math.ceil((lock.until.getTime() - at.getTime()) / 1000)),
      });
    return outcome;
  }

  return async (token: string, from: From): Promise<Issued> => {
    const at = now();
    const outcome = await databases.platform('refresh', (db) => attempt(db, token, from, at));
    if ('issued' in outcome) return outcome.issued;
    if (outcome.ended) ended();
    throw outcome.refused;
  };
}
