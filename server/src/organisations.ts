import type { Clock } from '#kernel/clock.ts';
import type { Config } from '#kernel/config.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { eq } from '#kernel/drizzle.ts';
import { provide, type Port } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { createMemberRights, groupBelongings } from '#modules/access/membership.ts';
import type { RightsChanged } from '#modules/access/providers/port.ts';
import { isHeld } from '#modules/audit/retention/holds.ts';
import { templateBelongings } from '#modules/governance/templates/belongings.ts';
import { collectionBelongings } from '#modules/knowledge/belongings.ts';
import { workflowBelongings } from '#modules/workflows/model/belongings.ts';
import { scheduleBelongings } from '#modules/reports/schedules/belongings.ts';
import { enrolled } from '#modules/identity/factors/held.ts';
import { networkOf } from '#modules/identity/network.ts';
import { endKeys, forgetMember, forgetTenant } from '#modules/identity/leaving.ts';
import { endAgents, forgetAgents } from '#modules/oauth/leaving.ts';
import { serviceAccountBelongings } from '#modules/identity/keys/service-accounts.ts';
import { personByEmail } from '#modules/identity/people.ts';
import { avatarUrl } from '#modules/identity/profile/avatars.ts';
import { Directory } from '#modules/identity/providers/port.ts';
import { CREDENTIALS_TOPIC } from '#modules/identity/steps.ts';
import { users } from '#modules/identity/tables.ts';
import { takeTry } from '#modules/identity/throttle.ts';
import { createDomainClaims, type ClaimsDeps } from '#modules/tenancy/domains/claims.ts';
import { createTenants } from '#modules/tenancy/founding.ts';
import { createHosts } from '#modules/tenancy/hosts.ts';
import { createInvitations } from '#modules/tenancy/invitations/acceptance.ts';
import { createUpkeep } from '#modules/tenancy/lifecycle/upkeep.ts';
import { directory } from '#modules/tenancy/memberships.ts';
import { people } from '#modules/tenancy/people.ts';
import {
  Belongings, Credentials, DomainClaims, DomainLookups, Hosts, Invitations, MemberRights, Persons, Site, Tenants, Upkeep, type PersonFacts,
} from '#modules/tenancy/providers/port.ts'; // prettier-ignore
import { createDomainLookups, type LookupOptions } from '#modules/tenancy/providers/dns.ts';
import type { Provision } from '#modules/tenancy/tenants.ts';
import type { Parts } from './core.ts';

async function factsOf(db: Database, row: typeof users.$inferSelect | undefined): Promise<PersonFacts | undefined> {
  if (!row) return undefined;
  const { id, email, name, kind, locale, lastLoginAt, avatarId } = row;
  const shown = { mfa: (await enrolled(db, id)).length > 0, lastLoginAt, avatarUrl: avatarUrl(id, avatarId) };
  return { id, email, name, kind, emailVerified: row.emailVerifiedAt !== null, locale, shown };
}

/** Persons as module tenancy asks for them, answered by identity. */
export const createPersons = ({ databases, now }: { databases: Databases; now: Clock }): Persons => ({
  find: (userId) => databases.platform('a person by id', async (db) => factsOf(db, (await db.select().from(users).where(eq(users.id, userId)))[0])),
  byEmail: (email) => databases.platform('a person by address', async (db) => factsOf(db, await personByEmail(db, email))),
  async takeTry(limit, subject) {
    const at = now();
    const whom = limit === 'invitation' ? subject : networkOf(subject);
    const { lock } = await databases.platform('count a try', (db) => takeTry(db, [{ limit, subject: whom }], at));
    if (!lock) return;
    const retryAfterSeconds = Math.max(1, Math.ceil((lock.until.getTime() - at.getTime()) / 1000));
    throw new Problem('rate-limited', 'Too many tries. Wait a while, then try again.', { retryAfterSeconds });
  },
});

/** Ends what a person, or everybody, signs in with in a tenant. */
const createCredentials = ({ databases, live, now }: Parts, sessions: SessionEnds): Credentials => {
  const lookAgain = (): void => live.publish(CREDENTIALS_TOPIC);
  return {
    async endInTenant(userId, tenantId) {
      await sessions.endInTenant(userId, tenantId);
      await databases.platform('end keys with a membership', async (db) => {
        await endKeys(db, tenantId, userId, now());
        await endAgents(db, tenantId, userId, now());
      });
      lookAgain();
    },
    forgetMember,
    async forgetTenant(tenantId) {
      await databases.platform('what a tenant leaves behind', async (db) => {
        await forgetTenant(db, tenantId);
        await forgetAgents(db, tenantId);
      });
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
const HOSTS_TOPIC = 'tenant-hosts';

/** An installation without names of its own, as in tests. */
const ANYWHERE: Site = { publicUrl: 'http://localhost:8420', baseDomain: undefined, hosts: ['localhost'], allowSpecial: true, plan: undefined };

export interface TenancyOptions {
  site?: Site | undefined;
  dns?: LookupOptions | undefined;
  /** Told of each look at the proof of a domain, for metrics. */
  checked?: ClaimsDeps['checked'];
}

/** Names of the installation, and how far a lab may go. */
export function tenancyOptions({ publicUrl, port, host, baseDomain, allowPrivateTargets }: Config): TenancyOptions {
  const url = publicUrl ?? `http://localhost:${port}`;
  const { hostname } = new URL(url);
  return {
    site: { publicUrl: url.replace(/\/$/, ''), baseDomain, hosts: [hostname, host, 'localhost'], allowSpecial: allowPrivateTargets, plan: undefined },
    dns: { allowPrivate: allowPrivateTargets, ownHosts: hostname.includes('.') ? [hostname] : [] },
  };
}

export interface TenancyParts {
  provision: Provision;
  rights: RightsChanged;
  sessions: SessionEnds;
}

/** What module tenancy asks of the others, and what it tells them. */
export function tenancyAdapters(parts: Parts, { provision, rights, sessions }: TenancyParts, options: TenancyOptions = {}): readonly (readonly [Port<unknown>, unknown])[] {
  const { databases, live, now, mail, registry } = parts;
  const { site = ANYWHERE, dns = {} } = options;
  const persons = createPersons(parts);
  const hostsChanged = (): void => live.publish(HOSTS_TOPIC);
  const memberRights = createMemberRights({ now, rights, people, catalogue: () => registry });
  const credentials = createCredentials(parts, sessions);
  const lookups = createDomainLookups(dns);
  const claiming = { databases, now, live, mail, site, rights: memberRights, hostsChanged, checked: options.checked };
  const claims = createDomainClaims(claiming);
  return [
    provide(Tenants, createTenants({ databases, now, provision, persons, site, hostsChanged, lookAgain: credentials.lookAgain })),
    provide(MemberRights, memberRights),
    provide(Credentials, credentials),
    provide(Persons, persons),
    provide(Belongings, [
      groupBelongings,
      serviceAccountBelongings(parts),
      templateBelongings((...asked) => people.named(...asked)),
      scheduleBelongings((...asked) => people.named(...asked)),
      workflowBelongings((...asked) => people.named(...asked)),
      collectionBelongings((...asked) => people.named(...asked)),
    ]),
    provide(Site, site),
    provide(Hosts, createHosts({ databases, now, site, onChange: (forget) => void live.subscribe(HOSTS_TOPIC, forget) })),
    provide(DomainLookups, lookups),
    provide(DomainClaims, claims),
    provide(Invitations, createInvitations({ databases, now, live, persons, rights: memberRights, credentials })),
    provide(Upkeep, createUpkeep({ ...claiming, claims, lookups, credentials, holds: { isHeld } })),
    provide(Directory, directory),
  ];
} // prettier-ignore
