import { and, eq, isNull } from 'drizzle-orm';
import type { Clock } from '#kernel/clock.ts';
import type { Databases } from '#kernel/database.ts';
import { provide, type Port } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { createMemberRights } from '#modules/access/membership.ts';
import type { RightsChanged } from '#modules/access/providers/port.ts';
import { personByEmail } from '#modules/identity/people.ts';
import { Directory } from '#modules/identity/providers/port.ts';
import { CREDENTIALS_TOPIC } from '#modules/identity/steps.ts';
import { apiKeys, users } from '#modules/identity/tables.ts';
import { takeTry } from '#modules/identity/throttle.ts';
import { createTenants } from '#modules/tenancy/founding.ts';
import { directory } from '#modules/tenancy/memberships.ts';
import { people } from '#modules/tenancy/people.ts';
import { Belongings, Credentials, MemberRights, Persons, Site, Tenants, type PersonFacts } from '#modules/tenancy/providers/port.ts';
import type { Provision } from '#modules/tenancy/tenants.ts';
import type { Parts } from './core.ts';

const factsOf = (row: typeof users.$inferSelect | undefined): PersonFacts | undefined =>
  row && { id: row.id, email: row.email, name: row.name, kind: row.kind, emailVerified: row.emailVerifiedAt !== null, locale: row.locale };

/** Persons as module tenancy asks for them, answered by identity. */
export const createPersons = ({ databases, now }: { databases: Databases; now: Clock }): Persons => ({
  find: (userId) => databases.platform('a person by id', async (db) => factsOf((await db.select().from(users).where(eq(users.id, userId)))[0])),
  byEmail: (email) => databases.platform('a person by address', async (db) => factsOf(await personByEmail(db, email))),
  async takeTry(limit, subject) {
    const at = now();
    const { lock } = await databases.platform('count a try', (db) => takeTry(db, [{ limit, subject }], at));
    if (!lock) return;
    const retryAfterSeconds = Math.max(1, Math.ceil((lock.until.getTime() - at.getTime()) / 1000));
    throw new Problem('rate-limited', 'Too many tries. Wait a while, then try again.', { retryAfterSeconds });
  },
});

/** Ends what a person, or everybody, signs in with in a tenant. */
const createCredentials = ({ databases, live, now }: Parts, sessions: SessionEnds): Credentials => {
  const endKeys = (tenantId: string, userId?: string) =>
    databases.platform('end keys with a membership', (db) =>
      db
        .update(apiKeys)
        .set({ revokedAt: now() })
        .where(and(eq(apiKeys.tenantId, tenantId), userId === undefined ? undefined : eq(apiKeys.userId, userId), isNull(apiKeys.revokedAt))),
    );
  const lookAgain = (): void => live.publish(CREDENTIALS_TOPIC);
  return {
    async endInTenant(userId, tenantId) {
      await sessions.endInTenant(userId, tenantId);
      await endKeys(tenantId, userId);
      lookAgain();
    },
    async endTenant(tenantId) {
      await endKeys(tenantId);
      lookAgain();
    },
    lookAgain,
  };
};

/** What module tenancy needs of the store of sessions. */
export interface SessionEnds {
  endInTenant: (userId: string, tenantId: string) => Promise<unknown>;
}

/** Heard when a host name leads to another tenant than before. */
export const HOSTS_TOPIC = 'tenant-hosts';

/** An installation without names of its own, as in tests. */
export const ANYWHERE: Site = {
  publicUrl: 'http://localhost:8420',
  baseDomain: undefined,
  hosts: ['localhost'],
  allowSpecial: true,
  plan: undefined,
};

export interface TenancyParts {
  provision: Provision;
  rights: RightsChanged;
  sessions: SessionEnds;
  site?: Site | undefined;
}

/** What module tenancy asks of the others, and what it tells them. */
export function tenancyAdapters(
  parts: Parts,
  { provision, rights, sessions, site = ANYWHERE }: TenancyParts,
): readonly (readonly [Port<unknown>, unknown])[] {
  const { databases, live, now } = parts;
  const persons = createPersons(parts);
  const hostsChanged = (): void => live.publish(HOSTS_TOPIC);
  return [
    provide(Tenants, createTenants({ databases, now, provision, persons, site, hostsChanged })),
    provide(MemberRights, createMemberRights({ now, rights, people })),
    provide(Credentials, createCredentials(parts, sessions)),
    provide(Persons, persons),
    provide(Belongings, []),
    provide(Site, site),
    provide(Directory, directory),
  ];
}
