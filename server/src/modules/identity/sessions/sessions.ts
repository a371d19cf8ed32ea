import type { Database } from '#kernel/database.ts';
import { eq } from '#kernel/drizzle.ts';
import { sha256 } from '#kernel/ids.ts';
import type { Live } from '#kernel/live.ts';
import { Problem } from '#kernel/problem.ts';
import { record } from '../profile/activity.ts';
import { CREDENTIALS_TOPIC } from '../steps.ts';
import { users } from '../tables.ts';
import { announceCame } from './announce.ts';
import { createConclude, requireAdmitted, type ConcludeDeps } from './conclude.ts';
import type { Membership } from '../providers/port.ts';
import { issued, mintSecret, type Holding } from './issue.ts';
import type { Sessions } from './port.ts';
import { absoluteEnd, idleEnd, idleSecondsOf } from './lifetimes.ts';
import { liveOf, over } from './found.ts';
import { breaksGlass, entryOf, entryRefused, mayEnter, type Entry } from './entry.ts';
import { createRefresh, type RefreshDeps } from './refresh.ts';
import type { EndReason, StoredSession, Which } from './store.ts';
import type { Issued } from './types.ts';

export type SessionsDeps = ConcludeDeps & Omit<RefreshDeps, 'holding'> & { live: Live };

/** A stricter tenant shortens a session that comes to it; a laxer one gives none of it back. */
function timesIn(session: StoredSession, tenant: Membership, at: Date): Pick<StoredSession, 'idleSeconds' | 'expiresAt' | 'idleExpiresAt'> {
  const end = absoluteEnd(session.kind, session.authTime, { tenant, privileged: false, rememberMe: true });
  const times = {
    idleSeconds: Math.min(session.idleSeconds, idleSecondsOf(session.kind, { tenant })),
    expiresAt: end < session.expiresAt ? end : session.expiresAt,
  };
  return { ...times, idleExpiresAt: idleEnd(times, at) };
}

type Within = { sessionId: string } | { userId: string };
const widely = (tenantId: string, which: Within): Which => ('userId' in which ? { userId: which.userId } : { tenantId });
/** Of a member also those that have chosen no tenant: they could come here at the next call. */
const isWithin =
  (tenantId: string, which: Within) =>
  (session: StoredSession): boolean =>
    'userId' in which ? session.tenantId === tenantId || session.tenantId === null : session.tenantId === tenantId && session.id === which.sessionId;

/** The adapter of the port Sessions, on whichever stores there are. What it ends is felt here at once and elsewhere within a second. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createSessions(deps: SessionsDeps): Sessions {
  const { databases, now, stores, memberships, live } = deps;
  const ended = (): void => live.publish(CREDENTIALS_TOPIC);

  async function holding(db: Database, userId: string): Promise<Holding> {
    const columns = { id: users.id, email: users.email, name: users.name, status: users.status };
    const [[user], tenants] = await Promise.all([db.select(columns).from(users).where(eq(users.id, userId)), memberships.of(db, userId)]);
    if (!user) throw over();
    requireAdmitted(user.status);
    return { user, tenants };
  }

  async function endThose(reason: EndReason, which: Which, isMeant: (session: StoredSession) => boolean = () => true): Promise<StoredSession[]> {
    const gone = await databases.platform('end sessions', async (db) => {
      const meant = (await stores.list(db, which, now())).filter(isMeant);
      const ids = new Set(await stores.end(db, meant.map(({ id }) => id), reason, now())); // prettier-ignore
      const done = meant.filter(({ id }) => ids.has(id));
      const kind = reason === 'logout' ? 'auth.logout' : 'session.revoked';
      for (const { userId, ip, agent } of done) await record(db, { userId, kind, ip, agent, detail: { reason } }, now());
      return done;
    });
    if (gone.length > 0) ended();
    return gone;
  }
  const idsOf = async (gone: Promise<StoredSession[]>): Promise<string[]> => (await gone).map(({ id }) => id);

  /** The session goes on with another secret; a copy of the old one is worth nothing. */
  async function rotated(
    sessionId: string,
    at: Date,
    edit: (session: StoredSession, holder: Holding, entry: Entry) => Partial<StoredSession>,
  ): Promise<Issued> {
    const result = await databases.platform('rotate session', async (db) => {
      const before = liveOf(await stores.find(db, sessionId, at));
      const holder = await holding(db, before.userId);
      const entry = await entryOf(db, before);
      const { token, hash, refresh } = mintSecret(before.kind);
      const after = await stores.change(db, sessionId, at, (session) => ({ ...edit(session, holder, entry), refresh }), hash ?? undefined);
      if (!after) throw over();
      const home = holder.tenants.find(({ tenantId }) => tenantId === after.tenantId);
      if (home && after.tenantId !== before.tenantId) {
        await announceCame(db, home, { userId: after.userId, sessionId, amr: after.amr, level: after.level, ip: after.ip }, 'switch');
        if (breaksGlass(home, entry)) await deps.brokeGlass(db, after.userId, home.name, after, at);
      }
      return issued(deps, db, after, holder, at, token);
    });
    ended();
    return result;
  }

  return {
    conclude: createConclude(deps),
    list: (userId) => databases.platform('sessions of a person', (db) => stores.list(db, { userId }, now())),
    get: (id) =>
      databases.platform('session', async (db) => {
        const found = await stores.find(db, id, now());
        return found?.state === 'live' ? found.session : undefined;
      }),
    end: async (userId, sessionId, reason) => (await endThose(reason, { userId }, ({ id }) => id === sessionId)).length > 0,
    endAll: (userId, reason, except) => idsOf(endThose(reason, { userId }, ({ id }) => id !== except)),
    endInTenant: (userId, tenantId) => idsOf(endThose('tenant', { userId, tenantId })),
    within: (tenantId, which) =>
      databases.platform('sessions within a tenant', async (db) =>
        (await stores.list(db, widely(tenantId, which), now())).filter(isWithin(tenantId, which)),
      ),
    endWithin: (tenantId, which) => endThose('admin', widely(tenantId, which), isWithin(tenantId, which)),
    endOfProvider({ issuer, subject, sid }) {
      const which = sid === undefined ? subject && { issuer, subject } : { issuer, sid };
      // A logout token names one of them at least; what names neither ends nothing.
      if (!which) return Promise.resolve([]);
      return idsOf(endThose('provider', which, ({ provider }) => subject === undefined || provider?.subject === subject));
    },
    prove: (sessionId, amr, level, at) =>
      rotated(sessionId, at, (session) => ({
        amr: [...new Set([...session.amr, ...amr])],
        level: level > session.level ? level : session.level,
        provenAt: at,
      })),
    switchTenant: (sessionId, tenantId) =>
      rotated(sessionId, now(), (session, { tenants }, entry) => {
        const tenant = tenants.find((one) => one.tenantId === tenantId);
        if (!tenant) throw new Problem('tenant-not-found', 'There is no such tenant, or you are not an active member of it.');
        if (!mayEnter(tenant, entry)) throw entryRefused(tenant);
        return { tenantId, ...timesIn(session, tenant, now()) };
      }),
    refresh: createRefresh({ ...deps, holding }, ended),
    extend: (token) =>
      databases.platform('extend session', async (db) => {
        const session = liveOf(await stores.use(db, sha256(token), now()));
        await holding(db, session.userId);
        return session;
      }),
    change: (sessionId, edit) => databases.platform('change session', (db) => stores.change(db, sessionId, now(), edit)),
  };
}
