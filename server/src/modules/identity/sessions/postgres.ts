import type { Database } from '#kernel/database.ts';
import { and, desc, eq, gt, inArray, isNull, lt, lte, sql, type SQL } from '#kernel/drizzle.ts';
import { prepared } from '#kernel/prepared.ts';
import { idleEnd, isTouchDue, REMEMBERED_AFTER_END, SESSION } from './lifetimes.ts';
import type { Sealing } from './sealing.ts';
import type { EndReason, Found, SessionStore, StoredSession, Which } from './store.ts';
import { sessions } from './tables.ts';
import type { ProviderTokens, TokenType } from './types.ts';

type Row = typeof sessions.$inferSelect;

const isLive = (at: Date) => and(isNull(sessions.revokedAt), gt(sessions.idleExpiresAt, at));
const stateOf = (row: Row, at: Date): 'live' | 'ended' | 'expired' => {
  if (row.revokedAt) return 'ended';
  return row.idleExpiresAt <= at ? 'expired' : 'live';
};

function matching(which: Which): SQL | undefined {
  if ('sid' in which) return and(eq(sessions.issuer, which.issuer), eq(sessions.providerSid, which.sid));
  if ('issuer' in which) return and(eq(sessions.issuer, which.issuer), eq(sessions.subject, which.subject));
  const user = 'userId' in which ? eq(sessions.userId, which.userId) : undefined;
  return and(user, which.tenantId === undefined ? undefined : eq(sessions.tenantId, which.tenantId));
}

/** Ends all sessions of a person that are kept here, in the caller's transaction. */
export const endAllSessions = async (db: Database, userId: string, reason: EndReason, at: Date): Promise<number> =>
  (await revoke(db, eq(sessions.userId, userId), reason, at)).length;

const revoke = async (db: Database, which: SQL | undefined, reason: EndReason, at: Date): Promise<string[]> =>
  (
    await db
      .update(sessions)
      .set({ revokedAt: at, revokeReason: reason, providerTokens: null })
      .where(and(which, isLive(at)))
      .returning({ id: sessions.id })
  ).map(({ id }) => id);

const KEPT = [
  'id', 'tokenHash', 'userId', 'tenantId', 'kind', 'version', 'amr', 'level', 'authTime', 'provenAt', 'ip', 'agent', 'provider', 'issuer', 'subject',
  'providerSid', 'providerTokens', 'seed', 'generation', 'rotatedAt', 'createdAt', 'lastSeenAt', 'idleSeconds', 'idleExpiresAt', 'expiresAt',
] as const; // prettier-ignore
const param = (name: (typeof KEPT)[number]): string => `$${KEPT.indexOf(name) + 2}`;
/** By hand and in one statement: every sign-in pays for it. */
const CREATE = {
  name: 'session_create',
  text: `with ended as (
      update auth.sessions set revoked_at = ${param('createdAt')}, revoke_reason = 'limit', provider_tokens = null where id in (
        select id from auth.sessions
        where user_id = ${param('userId')} and (kind = 'pair') = (${param('kind')} = 'pair') and revoked_at is null and idle_expires_at > ${param('createdAt')}
        order by created_at desc, id desc offset $1
      )
    )
    insert into auth.sessions (${KEPT.map((name) => sessions[name].name).join(', ')}) values (${KEPT.map(param).join(', ')})`,
};

/** Sessions in PostgreSQL, in the transaction of whoever asks. `kinds`: which of them it answers for. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createPostgresStore(sealing: Sealing, kinds: readonly TokenType[] = ['cookie', 'bearer', 'pair']): SessionStore {
  const place = (id: string): string => `session-tokens\0${id}`;
  const mine = inArray(sessions.kind, [...kinds]);

  const names = [`session_by_secret_${kinds.length}`, `session_by_id_${kinds.length}`] as const;
  const secretIs = and(eq(sessions.tokenHash, sql.placeholder('hash')), mine);
  const idIs = and(eq(sessions.id, sql.placeholder('id')), mine);
  const bySecret = (db: Database) => prepared(db, names[0], () => db.select().from(sessions).where(secretIs).prepare(names[0]));
  const byId = (db: Database) => prepared(db, names[1], () => db.select().from(sessions).where(idIs).prepare(names[1]));

  function sessionOf(row: Row): StoredSession {
    const { provider, issuer, subject, providerSid, providerTokens, seed, generation, rotatedAt, ...rest } = row;
    const { tokenHash: _hash, revokedAt: _at, revokeReason: _why, ...session } = rest;
    const tokens = providerTokens === null ? undefined : (sealing.open(providerTokens, place(row.id)) as ProviderTokens | undefined);
    return {
      ...session,
      provider: issuer === null ? null : { id: provider!, issuer, subject: subject!, sid: providerSid ?? undefined, tokens },
      refresh: seed === null ? null : { seed, generation: generation!, rotatedAt },
    };
  }
  function rowOf({ provider, refresh, amr, ...rest }: StoredSession): Omit<Row, 'tokenHash' | 'revokedAt' | 'revokeReason'> {
    const tokens = provider?.tokens ? sealing.seal(provider.tokens, place(rest.id)) : null;
    const identity = provider
      ? { provider: provider.id, issuer: provider.issuer, subject: provider.subject, providerSid: provider.sid ?? null }
      : { provider: null, issuer: null, subject: null, providerSid: null };
    return { ...rest, amr: [...amr], ...identity, providerTokens: tokens, ...(refresh ?? { seed: null, generation: null, rotatedAt: null }) };
  }
  const found = (row: Row | undefined, at: Date): Found | undefined => {
    if (!row) return undefined;
    const state = stateOf(row, at);
    return state === 'live' ? { state, session: sessionOf(row) } : { state };
  };

  return {
    async create(db, session, tokenHash, most) {
      const row = { ...rowOf(session), tokenHash };
      await db.$client.query({ ...CREATE, values: [most - 1, ...KEPT.map((name) => row[name])] });
    },
    async use(db, secretHash, at) {
      const [row] = await bySecret(db).execute({ hash: secretHash });
      if (!row || stateOf(row, at) !== 'live' || !isTouchDue(row.lastSeenAt, at)) return found(row, at);
      const idleExpiresAt = idleEnd(row, at);
      // Of many readers in one minute the first writes; the others wait for its row and find that nothing is due.
      const due = lte(sessions.lastSeenAt, new Date(at.getTime() - SESSION.touchedEvery));
      await db
        .update(sessions)
        .set({ lastSeenAt: at, idleExpiresAt })
        .where(and(eq(sessions.id, row.id), isLive(at), due));
      return found({ ...row, lastSeenAt: at, idleExpiresAt }, at);
    },
    async find(db, id, at) {
      const [row] = await byId(db).execute({ id });
      return found(row, at);
    },
    async change(db, id, at, edit, secretHash) {
      // Under lock, so that nobody can be faster.
      const [row] = await db
        .select()
        .from(sessions)
        .where(and(eq(sessions.id, id), mine, isLive(at)))
        .for('update');
      if (!row) return undefined;
      const before = sessionOf(row);
      const edited = edit(before);
      if (!edited) return undefined;
      const session = { ...before, ...edited, id, version: before.version + 1 };
      await db
        .update(sessions)
        .set({ ...rowOf(session), ...(secretHash === undefined ? {} : { tokenHash: secretHash }) })
        .where(and(eq(sessions.id, id), eq(sessions.version, before.version)));
      return session;
    },
    end: async (db, ids, reason, at) => (ids.length === 0 ? [] : revoke(db, and(inArray(sessions.id, [...ids]), mine), reason, at)),
    async list(db, which, at) {
      const rows = await db
        .select()
        .from(sessions)
        .where(and(matching(which), mine, isLive(at)))
        .orderBy(desc(sessions.createdAt), desc(sessions.id));
      return rows.map(sessionOf);
    },
    sweep: async (db, at) => void (await db.delete(sessions).where(lt(sessions.expiresAt, new Date(at.getTime() - 30 * REMEMBERED_AFTER_END)))),
    close: async () => undefined,
  };
}
