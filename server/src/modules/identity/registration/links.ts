import { randomInt } from 'node:crypto';
import type { Database } from '#kernel/database.ts';
import { and, desc, eq, gt, gte, isNull, sql } from '#kernel/drizzle.ts';
import { newId, randomToken, sha256 } from '#kernel/ids.ts';
import { sameHash } from '../tokens.ts';
import { emailVerificationTokens, mailLinks, passwordResetTokens } from './tables.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Milliseconds that what a mail holds is good for (platform.md 19). */
const LIVES = {
  verifyLink: 24 * HOUR,
  verifyCode: 15 * MINUTE,
  reset: 30 * MINUTE,
  unlock: 24 * HOUR,
  'email-confirm': 24 * HOUR,
  'email-undo': 72 * HOUR,
  'not-me': 7 * 24 * HOUR,
} as const;
const TRIES = 5;

/** Where the links of our mails lead; the token follows in the fragment, which no server and no proxy sees. */
export const PAGES = {
  verify: '/verify-email',
  reset: '/reset-password',
  forgot: '/forgot-password',
  login: '/login',
  unlock: '/unlock',
  'email-confirm': '/confirm-email',
  'email-undo': '/undo-email-change',
  'not-me': '/not-me',
} as const;

/** Links come from the configured address alone: a forged Host header must not send tokens elsewhere. */
export const linksOf = (publicUrl: string) => {
  const base = publicUrl.replace(/\/+$/, '');
  return (page: keyof typeof PAGES, token?: string): string => `${base}${PAGES[page]}${token === undefined ? '' : `#token=${token}`}`;
};
export type Links = ReturnType<typeof linksOf>;

interface To {
  userId: string;
  sentTo: string;
}
const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

/** Six digits behind a keyed hash, bound to their person. */
const codeText = (userId: string, code: string): string => `${userId}:${code}`;

/** A link and a code for one mail; those of earlier mails are void from now on. */
export async function openVerification(
  db: Database,
  { userId, sentTo }: To,
  keyed: (text: string) => string,
  at: Date,
): Promise<{ token: string; code: string }> {
  await voidVerifications(db, userId, at);
  const token = randomToken();
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  await db.insert(emailVerificationTokens).values({
    id: newId(), userId, sentTo, tokenHash: sha256(token), codeHmac: keyed(codeText(userId, code)), createdAt: at,
    codeExpiresAt: after(at, LIVES.verifyCode), expiresAt: after(at, LIVES.verifyLink),
  }); // prettier-ignore
  return { token, code };
}

export const voidVerifications = async (db: Database, userId: string, at: Date): Promise<void> =>
  void (await db
    .update(emailVerificationTokens)
    .set({ usedAt: at })
    .where(and(eq(emailVerificationTokens.userId, userId), isNull(emailVerificationTokens.usedAt))));

/** Whose open verification link this is. */
export async function findVerification(db: Database, token: string, at: Date): Promise<To | undefined> {
  const [row] = await db
    .select()
    .from(emailVerificationTokens)
    .where(
      and(eq(emailVerificationTokens.tokenHash, sha256(token)), isNull(emailVerificationTokens.usedAt), gt(emailVerificationTokens.expiresAt, at)),
    );
  return row;
}

/** Tries a code against the newest mail of a person; a wrong one counts, and the fifth is the last that is looked at. */
export async function tryCode(db: Database, userId: string, code: string, keyed: (text: string) => string, at: Date): Promise<To | undefined> {
  const [row] = await db
    .select()
    .from(emailVerificationTokens)
    .where(and(eq(emailVerificationTokens.userId, userId), isNull(emailVerificationTokens.usedAt)))
    .orderBy(desc(emailVerificationTokens.createdAt), desc(emailVerificationTokens.id))
    .limit(1)
    .for('update');
  if (!row || row.attempts >= TRIES || row.codeExpiresAt <= at) return undefined;
  if (sameHash(row.codeHmac, keyed(codeText(userId, code)))) return row;
  await db
    .update(emailVerificationTokens)
    .set({ attempts: row.attempts + 1 })
    .where(eq(emailVerificationTokens.id, row.id));
  return undefined;
}

export async function openReset(db: Database, { userId, sentTo }: To, at: Date): Promise<string> {
  const token = randomToken();
  await db
    .insert(passwordResetTokens)
    .values({ id: newId(), userId, sentTo, tokenHash: sha256(token), createdAt: at, expiresAt: after(at, LIVES.reset) });
  return token;
}

/** Counts one use of a reset link; the fifth that sets no password is its last. */
export async function tryReset(db: Database, token: string, at: Date): Promise<(To & { id: string }) | undefined> {
  const [row] = await db
    .update(passwordResetTokens)
    .set({ attempts: sql`${passwordResetTokens.attempts} + 1` })
    .where(
      and(
        eq(passwordResetTokens.tokenHash, sha256(token)),
        isNull(passwordResetTokens.usedAt),
        gt(passwordResetTokens.expiresAt, at),
        sql`${passwordResetTokens.attempts} < ${TRIES}`,
      ),
    )
    .returning();
  return row;
}

/** The one use of a reset link that counts; false when another was faster. Every other reset link of the person ends with it. */
export async function takeReset(db: Database, { id, userId }: { id: string; userId: string }, at: Date): Promise<boolean> {
  const taken = await db
    .update(passwordResetTokens)
    .set({ usedAt: at })
    .where(and(eq(passwordResetTokens.id, id), isNull(passwordResetTokens.usedAt)));
  await voidResets(db, userId, at);
  return taken.rowCount === 1;
}

export const voidResets = async (db: Database, userId: string, at: Date): Promise<void> =>
  void (await db
    .update(passwordResetTokens)
    .set({ usedAt: at })
    .where(and(eq(passwordResetTokens.userId, userId), isNull(passwordResetTokens.usedAt))));

export type Purpose = (typeof mailLinks.$inferSelect)['purpose'];

/** `since`: when what it reports began, if that was before now; it is kept as the time of the row. */
export async function openLink(
  db: Database,
  purpose: Purpose,
  { userId, sentTo, email, since }: To & { email?: string; since?: Date },
  at: Date,
): Promise<string> {
  const token = randomToken();
  await db.insert(mailLinks).values({
    id: newId(),
    userId,
    purpose,
    sentTo,
    email: email ?? null,
    tokenHash: sha256(token),
    createdAt: since ?? at,
    expiresAt: after(at, LIVES[purpose]),
  });
  return token;
}

/** When the mail of a link was written. */
export const sentAtOf = ({ purpose, expiresAt }: Pick<typeof mailLinks.$inferSelect, 'purpose' | 'expiresAt'>): Date =>
  after(expiresAt, -LIVES[purpose]);

/** Uses a link up; answers what it was for. */
export async function takeLink(db: Database, purpose: Purpose, token: string, at: Date): Promise<typeof mailLinks.$inferSelect | undefined> {
  const [row] = await db
    .update(mailLinks)
    .set({ usedAt: at })
    .where(and(eq(mailLinks.purpose, purpose), eq(mailLinks.tokenHash, sha256(token)), isNull(mailLinks.usedAt), gt(mailLinks.expiresAt, at)))
    .returning();
  return row;
}

const isOpen = (userId: string, purpose: Purpose) => and(eq(mailLinks.userId, userId), eq(mailLinks.purpose, purpose), isNull(mailLinks.usedAt));

export const voidLinks = async (db: Database, userId: string, purpose: Purpose, at: Date): Promise<void> =>
  void (await db.update(mailLinks).set({ usedAt: at }).where(isOpen(userId, purpose)));

/** Links that undo a change of address made since: they went to where the change before had led. */
export const voidUndosSince = async (db: Database, userId: string, since: Date, at: Date): Promise<void> =>
  void (await db
    .update(mailLinks)
    .set({ usedAt: at })
    .where(and(isOpen(userId, 'email-undo'), gte(mailLinks.createdAt, since))));

/** Is there a change of address that could still be undone, to this one? */
export async function canUndoTo(db: Database, userId: string, email: string, at: Date): Promise<boolean> {
  const rows = await db
    .select({ id: mailLinks.id })
    .from(mailLinks)
    .where(and(isOpen(userId, 'email-undo'), eq(mailLinks.email, email), gt(mailLinks.expiresAt, at)))
    .limit(1);
  return rows.length > 0;
}

/** The address that a person wants and has not confirmed yet. */
export async function pendingEmail(db: Database, userId: string, at: Date): Promise<string | null> {
  const [row] = await db
    .select({ email: mailLinks.email })
    .from(mailLinks)
    .where(and(isOpen(userId, 'email-confirm'), gt(mailLinks.expiresAt, at)))
    .orderBy(desc(mailLinks.createdAt))
    .limit(1);
  return row?.email ?? null;
}
