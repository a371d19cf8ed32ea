import type { Database } from '#kernel/database.ts';
import { eq } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import { record, type ActivityKind } from '../profile/activity.ts';
import { circumstances } from '../profile/circumstances.ts';
import { users } from '../tables.ts';
import { backupCodesLeft } from './backup-store.ts';
import type { FactorDeps, From } from './deps.ts';
import { enrolled } from './held.ts';
import { FACTORS } from './rules.ts';

type NoticeDeps = Pick<FactorDeps, 'mail' | 'settingsLink' | 'directory' | 'memberships'>;
export type Person = typeof users.$inferSelect;

export async function personById(db: Database, userId: string): Promise<Person | undefined> {
  const [row] = await db.select().from(users).where(eq(users.id, userId));
  return row;
}

interface Change extends From {
  userId: string;
  kind: ActivityKind;
  /** What the person calls it: the name of the app, the passkey, the number. */
  factor: string;
  mail: 'factor-added' | 'factor-removed';
}

/** A factor came or went: the person's trail, a mail, and what tenants show of their members. */
export async function noteChange(deps: NoticeDeps, db: Database, { userId, kind, factor, mail, ...from }: Change, at: Date): Promise<void> {
  const person = await personById(db, userId);
  if (!person) return;
  await record(db, { userId, kind, ...from, detail: { factor } }, at);
  const data = { name: person.name, link: deps.settingsLink, factor, ...circumstances(from, at) };
  await deps.mail.send(db, { to: person.email, template: mail, data, locale: person.locale });
  await deps.directory.update(db, userId, { mfa: (await enrolled(db, userId)).length > 0 });
}

/** A backup code was used; with few left the person hears of it. */
export async function noteBackupCode(deps: NoticeDeps, db: Database, userId: string, from: From, at: Date): Promise<void> {
  const left = await backupCodesLeft(db, userId);
  await record(db, { userId, kind: 'auth.backup_code_used', ...from, detail: { left } }, at);
  const person = left <= FACTORS.backup.low ? await personById(db, userId) : undefined;
  if (!person) return;
  const data = { name: person.name, link: deps.settingsLink, left: String(left) };
  await deps.mail.send(db, { to: person.email, template: 'backup-codes-low', data, locale: person.locale });
}

/** Something that points at an attack: into the person's trail, and to every tenant they work in. */
export async function raiseAlarm(
  deps: NoticeDeps,
  db: Database,
  alarm: From & { userId: string; what: string; text: string },
  at: Date,
): Promise<void> {
  const { userId, what, text, ...from } = alarm;
  const detail = { severity: 'high', what, text };
  await record(db, { userId, kind: 'security.event', ...from, detail }, at);
  for (const { tenantId } of await deps.memberships.of(db, userId))
    await appendEvents(db, tenantId, [{ type: 'security.event', data: { userId, ...detail } }], null);
}
