import type { Database } from '#kernel/database.ts';
import { eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { Memberships } from '../providers/port.ts';
import type { RegistrationDeps } from '../registration/deps.ts';
import { pendingEmail } from '../registration/links.ts';
import { users } from '../tables.ts';
import { activityOf, record } from './activity.ts';
import { createAvatars } from './avatars.ts';
import { createEmails } from './emails.ts';
import { createPasswordChange } from './password.ts';
import type { PreferencesRecord, Profile, ProfileRecord } from './port.ts';
import { userPreferences } from './tables.ts';

type Person = typeof users.$inferSelect;

async function ownRow(db: Database, userId: string): Promise<Person> {
  const [person] = await db.select().from(users).where(eq(users.id, userId));
  if (!person) throw new Problem('unauthenticated', 'There is no such account any more.');
  return person;
}

/** Takes the row, so that of two edits the later one sees the version of the earlier. */
async function takeRow(db: Database, userId: string): Promise<Person> {
  await db.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update');
  return ownRow(db, userId);
}

function requireSeen({ version }: Person, seen: string | undefined): void {
  if (seen === undefined || seen === '*' || seen === String(version)) return;
  throw new Problem('version-conflict', `Your profile is at version ${version} and you have seen ${seen}. Read it again and repeat your edit.`, {
    version,
  });
}

const recordOf = async (db: Database, person: Person, at: Date): Promise<ProfileRecord> => ({
  id: person.id, email: person.email, emailVerified: person.emailVerifiedAt !== null, pendingEmail: await pendingEmail(db, person.id, at),
  name: person.name, givenName: person.givenName, familyName: person.familyName, locale: person.locale, zone: person.zone,
  avatarId: person.avatarId, phone: person.phone, createdAt: person.createdAt, lastLoginAt: person.lastLoginAt, version: person.version,
}); // prettier-ignore

async function preferencesOf(db: Database, { id, locale, zone, version }: Person): Promise<PreferencesRecord> {
  const [row] = await db.select().from(userPreferences).where(eq(userPreferences.userId, id));
  const { theme = 'system', dateFormat = 'locale', landingPage = '/dashboard' } = row ?? {};
  return { theme, dateFormat, landingPage, locale, zone, version };
}

/** Only what is there: a field that was left out stays as it is. */
const given = <T extends object>(edit: T): T => Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined)) as T;

/** The adapter of the Profile port on schema `auth`. */
export function createProfile(deps: RegistrationDeps & { memberships: Pick<Memberships, 'of'> }): Profile {
  const { databases, now, directory } = deps;
  return {
    ...createAvatars(deps),
    ...createEmails(deps),
    changePassword: createPasswordChange(deps),
    get: (userId) => databases.platform('own profile', async (db) => recordOf(db, await ownRow(db, userId), now())),
    activity: (userId, page) => databases.platform('own activity', (db) => activityOf(db, userId, page)),
    update: (userId, edit, seen, { ip, agent }) =>
      databases.platform('update profile', async (db) => {
        const at = now();
        const before = await takeRow(db, userId);
        requireSeen(before, seen);
        const change = { name: edit.name, givenName: edit.givenName, familyName: edit.familyName, locale: edit.locale, zone: edit.zone };
        const [after] = await db.update(users).set({ ...given(change), version: before.version + 1, updatedAt: at }).where(eq(users.id, userId)).returning(); // prettier-ignore
        if (after!.name !== before.name) await directory.update(db, userId, { name: after!.name });
        await record(db, { userId, kind: 'user.updated', ip, agent, detail: { fields: Object.keys(given(change)).join(' ') } }, at);
        return recordOf(db, after!, at);
      }),
    preferences: (userId) => databases.platform('own preferences', async (db) => preferencesOf(db, await ownRow(db, userId))),
    prefer: (userId, { theme, dateFormat, landingPage, locale, zone }, seen) =>
      databases.platform('update preferences', async (db) => {
        const at = now();
        const before = await takeRow(db, userId);
        requireSeen(before, seen);
        // One version for profile and preferences: language and zone are in both.
        const [after] = await db.update(users).set({ ...given({ locale, zone }), version: before.version + 1, updatedAt: at }).where(eq(users.id, userId)).returning(); // prettier-ignore
        const set = { ...given({ theme, dateFormat, landingPage }), updatedAt: at };
        await db.insert(userPreferences).values({ userId, ...set }).onConflictDoUpdate({ target: userPreferences.userId, set }); // prettier-ignore
        return preferencesOf(db, after!);
      }),
  };
}
