import type { Clock } from '#kernel/clock.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import { networkOf } from '../network.ts';
import { takeTry, type Counter } from '../throttle.ts';
import { issued, type Holding, type IssueDeps } from './issue.ts';
import { createLane } from './lane.ts';
import { idleEnd } from './lifetimes.ts';
import { isOurs, readRefreshToken, verdictOn, type ReadRefresh, type Verdict } from './refresh-token.ts';
import type { Found, StoredSession } from './store.ts';
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

type Refused = { refused: Problem; ended?: true };
type Outcome = { issued: Issued } | Refused;

const refuse = (slug: string, detail: string): Refused => ({ refused: new Problem(slug, detail) });
/** The smallest pool of the platform has four connections; one is left for signing in and for looking credentials up. */
const AT_ONCE = 3;
const INVALID = 'The refresh token is not good here. Sign in again.';

function overOrUnknown(found: Found | undefined): Refused {
  if (!found) return refuse('token-invalid', INVALID);
  return found.state === 'expired'
    ? refuse('session-expired', 'This session is over. Sign in again.')
    : refuse('session-revoked', 'This session was ended. Sign in again.');
}

/** Another generation of a pair (platform.md 4.5). `ended` is called when a session was ended for reuse. */
export function createRefresh(deps: RefreshDeps, ended: () => void) {
  const { databases, now, stores, refreshKey, holding, reused } = deps;

  /** Looks at the session under lock; what it says of the token is in `seen`, whether or not anything was changed. */
  async function rotate(db: Database, read: ReadRefresh, at: Date) {
    const seen: { session?: StoredSession; verdict?: Verdict | 'forged' } = {};
    const changed = await stores.of('pair').change(db, read.sessionId, at, (session) => {
      seen.session = session;
      seen.verdict = isOurs(refreshKey, read, session.refresh!.seed) ? verdictOn(read.generation, session.refresh!, at) : 'forged';
      if (seen.verdict !== 'rotate') return undefined;
      const refresh = { ...session.refresh!, generation: read.generation + 1, rotatedAt: at };
      return { refresh, lastSeenAt: at, idleExpiresAt: idleEnd(session, at) };
    });
    return { ...seen, session: changed ?? seen.session };
  }

  async function outcomeOf(db: Database, read: ReadRefresh | undefined, from: From, at: Date): Promise<Outcome> {
    if (!read) return refuse('token-invalid', INVALID);
    const { session, verdict } = await rotate(db, read, at);
    if (!session) return overOrUnknown(await stores.pair(db, read.sessionId, at));
    // Nothing that anybody can make up touches a session.
    if (verdict === 'forged') return refuse('token-invalid', INVALID);
    if (verdict !== 'theft') return { issued: await issued(deps, db, session, await holding(db, session.userId), at) };
    await stores.end(db, [session.id], 'refresh_reuse', at);
    await reused(db, session, from, at);
    const detail = 'This refresh token was replaced before, so somebody else may hold a copy. The session was ended. Sign in again.';
    return { ...refuse('refresh-reuse-detected', detail), ended: true };
  }

  async function attempt(db: Database, token: string, from: From, at: Date): Promise<Outcome> {
    const read = readRefreshToken(token);
    const outcome = await outcomeOf(db, read, from, at);
    const counters: Counter[] = [{ limit: 'refreshNetwork', subject: networkOf(from.ip) }];
    // A session is named by whoever likes; it is counted only where the token was one of its own.
    if (read && ('issued' in outcome || outcome.ended)) counters.push({ limit: 'refresh', subject: read.sessionId });
    // Last, so that those who share a network wait for each other no longer than the commit takes.
    const { lock } = await takeTry(db, counters, at);
    if (lock)
      throw new Problem('rate-limited', 'Too many refreshes. An access token is good for fifteen minutes; keep it that long.', {
        retryAfterSeconds: Math.max(1, Math.ceil((lock.until.getTime() - at.getTime()) / 1000)),
      });
    return outcome;
  }

  const inLane = createLane(AT_ONCE);
  return async (token: string, from: From): Promise<Issued> => {
    const at = now();
    const outcome = await inLane(() => databases.platform('refresh', (db) => attempt(db, token, from, at)));
    if ('issued' in outcome) return outcome.issued;
    if (outcome.ended) ended();
    throw outcome.refused;
  };
}
