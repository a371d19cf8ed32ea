import type { Database } from '#kernel/database.ts';
import { eq } from '#kernel/drizzle.ts';
import type { Mail } from '#kernel/mail.ts';
import { noteChange, type Person } from '../factors/notices.ts';
import { takeAll } from '../factors/leaving.ts';
import type { Directory, Memberships } from '../providers/port.ts';
import { mfaResets } from './tables.ts';

const HOUR = 3_600_000;
/** platform.md 4.8: a day in which the person can object, and three in which it may be done. Milliseconds. */
export const RESET = { delay: 24 * HOUR, lapses: 96 * HOUR } as const;

export interface ResetDeps {
  mail: Mail;
  settingsLink: string;
  directory: Directory;
  memberships: Memberships;
}
export type ResetStep = { step: 'asked' | 'waiting'; due: Date } | { step: 'done' };

async function request(db: Database, { mail, settingsLink }: ResetDeps, person: Person, by: string, at: Date): Promise<ResetStep> {
  const row = { requestedBy: by, requestedAt: at, dueAt: new Date(at.getTime() + RESET.delay) };
  await db
    .insert(mfaResets)
    .values({ userId: person.id, ...row })
    .onConflictDoUpdate({ target: mfaResets.userId, set: row });
  const data = { name: person.name, link: settingsLink, due: row.dueAt.toISOString() };
  await mail.send(db, { to: person.email, template: 'factors-reset-due', data, locale: person.locale });
  return { step: 'asked', due: row.dueAt };
}

async function carryOut(db: Database, deps: ResetDeps, { id: userId }: Person, by: string, at: Date): Promise<ResetStep> {
  await takeAll(db, userId, at);
  await db.delete(mfaResets).where(eq(mfaResets.userId, userId));
  await noteChange(deps, db, { userId, kind: 'auth.mfa_reset', factor: `all of them (by ${by})`, mail: 'factor-removed', ip: null, agent: null }, at);
  return { step: 'done' };
}

/** Takes the second factors of somebody who has lost them: the first call asks for it, one after a day does it. Runs as the platform. */
export async function resetFactors(db: Database, deps: ResetDeps, person: Person, by: string, at: Date): Promise<ResetStep> {
  const [open] = await db.select().from(mfaResets).where(eq(mfaResets.userId, person.id)).for('update');
  if (!open || at.getTime() - open.requestedAt.getTime() > RESET.lapses) return request(db, deps, person, by, at);
  return open.dueAt > at ? { step: 'waiting', due: open.dueAt } : carryOut(db, deps, person, by, at);
}

/** False when none was asked for. */
export const cancelReset = async (db: Database, userId: string): Promise<boolean> =>
  ((await db.delete(mfaResets).where(eq(mfaResets.userId, userId))).rowCount ?? 0) > 0;
