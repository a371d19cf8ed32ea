import { and, eq, lt, sql } from 'drizzle-orm';
import type { Database } from '#kernel/database.ts';
import type { Mail } from '#kernel/mail.ts';
import { sha256 } from '#kernel/ids.ts';
import { openLink, type Links } from '../registration/links.ts';
import { networkOf } from '../network.ts';
import { users } from '../tables.ts';
import type { Counter, Taken } from '../throttle.ts';
import { lockLeft } from '../throttle.ts';
import { record } from './activity.ts';
import { circumstances } from './circumstances.ts';
import { signInPlaces } from './tables.ts';

interface From {
  ip: string | null;
  agent: string | null;
}
interface AlertDeps {
  mail: Mail;
  links: Links;
}

const DAY = 86_400_000;
/** A place that nobody has come from for so long is news again. */
const KEPT_DAYS = 180;

/** The same browser after an update is the same place: digits do not count. */
export const fingerprintOf = ({ ip, agent }: From): string => sha256(`${(agent ?? '').replaceAll(/[\d._]+/g, '#')}\n${networkOf(ip)}`);

/** Notes where a sign-in came from. Answers whether the person should hear of it: the place is new, and not the first one ever. */
async function isNews(db: Database, userId: string, from: From, at: Date): Promise<boolean> {
  const fingerprint = fingerprintOf(from);
  const [earlier] = await db
    .select({ one: sql<number>`1` })
    .from(signInPlaces)
    .where(eq(signInPlaces.userId, userId))
    .limit(1);
  const [row] = await db
    .insert(signInPlaces)
    .values({ userId, fingerprint, firstSeenAt: at, lastSeenAt: at, alertedAt: earlier ? at : null })
    .onConflictDoUpdate({ target: [signInPlaces.userId, signInPlaces.fingerprint], set: { lastSeenAt: at } })
    .returning({ isNew: sql<boolean>`xmax = 0` });
  return earlier !== undefined && row!.isNew;
}

/** A session was opened: the person's trail, and a mail with "this was not me" when the browser or network is a new one. */
export async function noteSignIn(
  { mail, links }: AlertDeps,
  db: Database,
  { userId, amr, ...from }: From & { userId: string; amr: readonly string[] },
  at: Date,
): Promise<void> {
  await record(db, { userId, kind: 'auth.login', ...from, detail: { amr: amr.join(' ') } }, at);
  if (!(await isNews(db, userId, from, at))) return;
  const [person] = await db.select().from(users).where(eq(users.id, userId));
  if (!person) return;
  const token = await openLink(db, 'not-me', { userId, sentTo: person.email }, at);
  const data = { name: person.name, link: links('not-me', token), ...circumstances(from, at) };
  await mail.send(db, { to: person.email, template: 'new-sign-in', data, locale: person.locale });
  await record(db, { userId, kind: 'auth.new_place', ...from }, at);
}

/**
 * A wrong password for an account that exists: its trail, and when the try brought the lock of a day, a mail with a link that ends
 * it. To be called in a transaction that is kept.
 */
export async function noteFailure(
  { mail, links }: AlertDeps,
  db: Database,
  { person, taken, counter, ...from }: From & { person: typeof users.$inferSelect; taken: Taken; counter: Counter },
  at: Date,
): Promise<void> {
  await record(db, { userId: person.id, kind: 'auth.login_failed', ...from }, at);
  const until = lockLeft(taken, counter);
  if (!until) return;
  await record(db, { userId: person.id, kind: 'auth.locked', ...from, detail: { until: until.toISOString() } }, at);
  if (until.getTime() - at.getTime() < DAY || person.status !== 'active') return;
  const token = await openLink(db, 'unlock', { userId: person.id, sentTo: person.email }, at);
  const data = { name: person.name, link: links('unlock', token), until: until.toISOString() };
  await mail.send(db, { to: person.email, template: 'account-locked', data, locale: person.locale });
}

export const sweepPlaces = async (db: Database, at: Date): Promise<void> =>
  void (await db.delete(signInPlaces).where(and(lt(signInPlaces.lastSeenAt, new Date(at.getTime() - KEPT_DAYS * DAY)))));
