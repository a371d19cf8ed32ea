import type { Database } from '#kernel/database.ts';
import { and, eq, gte, isNull, ne, or } from '#kernel/drizzle.ts';
import { asnRights, oauthAccounts, oauthCodes } from '../federation/tables.ts';
import { enrolled } from '../factors/held.ts';
import { backupCodes, mfaFactors, passkeys } from '../factors/tables.ts';
import { record } from '../profile/activity.ts';
import { circumstances } from '../profile/circumstances.ts';
import { apiKeys, users } from '../tables.ts';
import type { RegistrationDeps } from './deps.ts';
import { voidLinks, voidUndosSince } from './links.ts';
import type { From } from './port.ts';
import { mailReset } from './reset.ts';

type Person = typeof users.$inferSelect;

/** Ways in that came since: whoever sat in the account could have made them, to come back by. Answers their names. */
async function withdrawSince(db: Database, userId: string, since: Date): Promise<string[]> {
  const keys = await db.delete(passkeys).where(and(eq(passkeys.userId, userId), gte(passkeys.createdAt, since))).returning(); // prettier-ignore
  const isNew = or(gte(mfaFactors.createdAt, since), gte(mfaFactors.verifiedAt, since));
  const factors = await db.delete(mfaFactors).where(and(eq(mfaFactors.userId, userId), isNew)).returning(); // prettier-ignore
  await db.delete(backupCodes).where(and(eq(backupCodes.userId, userId), gte(backupCodes.createdAt, since)));
  const [phone] = await db.update(users).set({ phone: null, phoneVerifiedAt: null }).where(and(eq(users.id, userId), gte(users.phoneVerifiedAt, since))).returning(); // prettier-ignore
  // Codes by text go to the number that is gone.
  const texts = phone ? await db.delete(mfaFactors).where(and(eq(mfaFactors.userId, userId), eq(mfaFactors.kind, 'sms'))).returning() : []; // prettier-ignore
  const linked = await db.delete(oauthAccounts).where(and(eq(oauthAccounts.userId, userId), gte(oauthAccounts.linkedAt, since))).returning(); // prettier-ignore
  if (linked.some(({ provider }) => provider === 'peeringdb')) {
    const theirs = and(eq(asnRights.userId, userId), eq(asnRights.source, 'peeringdb'));
    await db.update(asnRights).set({ state: 'revoked' }).where(theirs);
  }
  await db.delete(oauthCodes).where(eq(oauthCodes.userId, userId));
  return [
    ...keys.map(({ label }) => `passkey “${label}”`),
    ...[...factors, ...texts].filter(({ verifiedAt }) => verifiedAt !== null).map(({ kind }) => (kind === 'totp' ? 'authenticator app' : 'SMS')),
    ...(phone ? ['phone number'] : []),
    ...linked.map(({ provider, email }) => `identity at ${/-/.test(provider) ? 'your organisation' : provider}${email ? ` (${email})` : ''}`),
  ];
}

/** Every key of the person, and those that they made since for machines: a key asks for no second factor and outlives every session. */
async function revokeKeys(db: Database, userId: string, since: Date, at: Date): Promise<string[]> {
  const made = and(eq(apiKeys.createdBy, userId), ne(apiKeys.userId, userId), gte(apiKeys.createdAt, since));
  const gone = await db
    .update(apiKeys)
    .set({ revokedAt: at })
    .where(and(or(eq(apiKeys.userId, userId), made), isNull(apiKeys.revokedAt)))
    .returning({ name: apiKeys.name });
  return gone.map(({ name }) => `API key “${name}”`);
}

/** `sentAt`: of the link that is used. Earlier undo links stay: a thief who moved the address twice must not void the owner's with their own. */
interface Report {
  since: Date;
  sentAt: Date;
  from: From;
}

/**
 * Takes an account back from whoever sat in it. Nobody gets in with the password of before, with a key, through an agent, or by what was added since;
 * the person hears what went, and a reset link is on its way to their address. Sessions are the caller's to end, after the commit.
 */
export async function seize(
  deps: Pick<RegistrationDeps, 'mail' | 'links' | 'endings' | 'directory'>,
  db: Database,
  person: Person,
  { since, sentAt, from }: Report,
  at: Date,
): Promise<void> {
  const { id, name, email, locale } = person;
  await db.update(users).set({ passwordHash: null, updatedAt: at }).where(eq(users.id, id));
  const gone = [...(await withdrawSince(db, id, since)), ...(await revokeKeys(db, id, since, at))];
  // Like a key, an agent goes on without any session; and one of before could have been handed on.
  gone.push(...(await deps.endings.agents(db, id, at)).map((called) => `agent “${called}”`));
  const left = (await enrolled(db, id)).length > 0;
  if (!left) await db.delete(backupCodes).where(eq(backupCodes.userId, id));
  await deps.directory.update(db, id, { mfa: left });
  await deps.endings.devices(db, id, at);
  await voidLinks(db, id, 'email-confirm', at);
  await voidUndosSince(db, id, sentAt, at);
  if (gone.length > 0) {
    const factor = gone.join(', ');
    await record(
      db,
      { userId: id, kind: 'security.event', ...from, detail: { severity: 'high', what: 'account-secured', text: `Removed: ${factor}` } },
      at,
    );
    const data = { name, link: deps.links('login'), factor, ...circumstances(from, at) };
    await deps.mail.send(db, { to: email, template: 'factor-removed', data, locale });
  }
  await mailReset(deps, db, person, at);
}
