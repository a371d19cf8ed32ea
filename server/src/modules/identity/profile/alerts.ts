import type { Database } from '#kernel/database.ts';
import { eq, lt } from '#kernel/drizzle.ts';
import type { Mail } from '#kernel/mail.ts';
import { sha256 } from '#kernel/ids.ts';
import { openLink, type Links } from '../registration/links.ts';
import type { Claimant } from '../local/claim.ts';
import { networkOf } from '../network.ts';
import { users } from '../tables.ts';
import { lineOf, RECORD, record } from './activity.ts';
import { circumstances } from './circumstances.ts';
import { signInPlaces } from './tables.ts';

interface From {
  ip: string | null;
  agent: string | null;
}
type Person = typeof users.$inferSelect;

const DAY = 86_400_000;
/** A place that nobody has come from for so long is news again. */
const KEPT_DAYS = 180;

/** The same browser after an update is the same place: digits do not count. */
const fingerprintOf = ({ ip, agent }: From): string => sha256(`${(agent ?? '').replaceAll(/[\d._]+/g, '#')}\n${networkOf(ip)}`);

/** The line in the trail and the place, in one statement. What stood in the table before is what the statement sees of it. */
const ARRIVE = {
  name: 'sign_in_place',
  text: `with noted as (${RECORD.text}), known as materialized (select exists (select from auth.sign_in_places where user_id = $2) as any)
    insert into auth.sign_in_places (user_id, fingerprint, first_seen_at, last_seen_at, alerted_at)
    select $2, $8, $4::timestamptz, $4::timestamptz, case when known.any then $4::timestamptz end from known
    on conflict (user_id, fingerprint) do update set last_seen_at = excluded.last_seen_at
    returning xmax = 0 and (select known.any from known) as "isNews"`,
};

/** Notes a sign-in and where it came from. Answers whether the person should hear of it: the place is new, and not the first one ever. */
async function isNews(db: Database, { userId, sessionId, amr, ip, agent }: Opened, at: Date): Promise<boolean> {
  const line = lineOf({ userId, kind: 'auth.login', ip, agent, detail: { sessionId, method: amr.join(' ') } }, at);
  const { rows } = await db.$client.query<{ isNews: boolean }>({ ...ARRIVE, values: [...line, fingerprintOf({ ip, agent })] });
  return rows[0]!.isNews;
}

interface Opened extends From {
  userId: string;
  sessionId: string;
  amr: readonly string[];
}

/** What sign-in tells of, in its own transaction. */
export interface Alerts {
  /** A session is being opened: the person's trail. When browser or network are new it answers what is to be done then: a mail with "this was not me". */
  arrived: (db: Database, opened: Opened, at: Date) => Promise<(() => Promise<void>) | undefined>;
  /** A wrong password for an account that exists. `lockedUntil`: of the lock of a day, if this try brought it; a mail has a link that ends it. */
  failed: (db: Database, person: Claimant, from: From, lockedUntil: Date | undefined, at: Date) => Promise<void>;
  /** An owner came in past the provider that their tenant enforces. */
  brokeGlass: (db: Database, userId: string, tenant: string, from: From, at: Date) => Promise<void>;
  /** A refresh token came a second time: somebody else may hold a copy. */
  reused: (db: Database, session: From & { userId: string; sessionId: string; since: Date }, at: Date) => Promise<void>;
}

export function createAlerts({ mail, links }: { mail: Mail; links: Links }): Alerts {
  const find = async (db: Database, userId: string): Promise<Person | undefined> => (await db.select().from(users).where(eq(users.id, userId)))[0];
  return {
    async arrived(db, opened, at) {
      if (!(await isNews(db, opened, at))) return undefined;
      const { userId, ip, agent } = opened;
      const from = { ip, agent };
      return async () => {
        const person = await find(db, userId);
        if (!person) return;
        const token = await openLink(db, 'not-me', { userId, sentTo: person.email }, at);
        const data = { name: person.name, link: links('not-me', token), ...circumstances(from, at) };
        await mail.send(db, { to: person.email, template: 'new-sign-in', data, locale: person.locale });
        await record(db, { userId, kind: 'auth.new_place', ...from }, at);
      };
    },
    async failed(db, person, { ip, agent }, lockedUntil, at) {
      const from = { ip, agent };
      await record(db, { userId: person.id, kind: 'auth.login_failed', ...from }, at);
      if (!lockedUntil) return;
      const until = lockedUntil.toISOString();
      await record(db, { userId: person.id, kind: 'auth.locked', ...from, detail: { until } }, at);
      if (person.status !== 'active' || person.kind !== 'person') return;
      const token = await openLink(db, 'unlock', { userId: person.id, sentTo: person.email }, at);
      const data = { name: person.name, link: links('unlock', token), until };
      await mail.send(db, { to: person.email, template: 'account-locked', data, locale: person.locale });
    },
    async brokeGlass(db, userId, tenant, { ip, agent }, at) {
      const from = { ip, agent };
      await record(db, { userId, kind: 'auth.sso_bypassed', ...from, detail: { tenant } }, at);
      const person = await find(db, userId);
      if (!person) return;
      const token = await openLink(db, 'not-me', { userId, sentTo: person.email }, at);
      const data = { name: person.name, link: links('not-me', token), ...circumstances(from, at) };
      await mail.send(db, { to: person.email, template: 'new-sign-in', data, locale: person.locale });
    },
    async reused(db, { userId, sessionId, since, ip, agent }, at) {
      const from = { ip, agent };
      await record(db, { userId, kind: 'auth.refresh_reuse', ...from, detail: { sessionId } }, at);
      const person = await find(db, userId);
      if (!person) return;
      // Whoever held the copy may have had it from the beginning.
      const token = await openLink(db, 'not-me', { userId, sentTo: person.email, since }, at);
      const data = { name: person.name, link: links('not-me', token), ...circumstances(from, at) };
      await mail.send(db, { to: person.email, template: 'refresh-reuse', data, locale: person.locale });
    },
  };
}

export const sweepPlaces = async (db: Database, at: Date): Promise<void> =>
  void (await db.delete(signInPlaces).where(lt(signInPlaces.lastSeenAt, new Date(at.getTime() - KEPT_DAYS * DAY))));
