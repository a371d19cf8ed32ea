import { provide, type Port } from '#kernel/port.ts';
import { createHolders } from '#modules/access/holders.ts';
import { Catalogue, People as Members, RightsChanged } from '#modules/access/providers/port.ts';
import { createProvision, seedGrant } from '#modules/access/roles.ts';
import { createStanding } from '#modules/access/standing.ts';
import { createPermit } from '#modules/access/steps.ts';
import { createAccounts } from '#modules/identity/accounts.ts';
import { createPasswords, type Passwords } from '#modules/identity/passwords.ts';
import { createPerson, personByEmail, type NewPerson } from '#modules/identity/people.ts';
import { Accounts, Standing } from '#modules/identity/providers/port.ts';
import { createRevive } from '#modules/identity/revive.ts';
import { createAuthenticate, createHolders as createCredentialHolders } from '#modules/identity/steps.ts';
import { people as members } from '#modules/tenancy/people.ts';
import { RolesOfMembers, Tenants } from '#modules/tenancy/providers/port.ts';
import { activeMemberships, activeTenantIds, createTenant, createTenants, joinTenant, tenantBySlug, type NewTenant } from '#modules/tenancy/tenants.ts';
import { Problem } from '#kernel/problem.ts';
import type { Parts, People } from './core.ts';

type Needed = Pick<Parts, 'databases' | 'live' | 'registry' | 'now'>;

/** Identity, tenancy and access, wired: the Gate's first steps, and what their operations ask for. */
export interface WiredPeople extends People {
  adapters: readonly (readonly [Port<unknown>, unknown])[];
}

export function wirePeople({ databases, live, registry, now }: Needed, passwords: Passwords = createPasswords()): WiredPeople {
  const memberships = { of: activeMemberships };
  const catalogue = () => registry;
  const permit = createPermit({ now, live, people: members });
  const standing = createStanding({ databases, now, permit, catalogue });
  return {
    authenticate: createAuthenticate({ databases, now, memberships, holders: createCredentialHolders({ now, live }) }),
    permit: permit.permit,
    holders: createHolders({ people: members, catalogue, now }),
    revive: createRevive({ databases, memberships, now }),
    tenantIds: () => activeTenantIds(databases),
    adapters: [
      provide(Accounts, createAccounts({ databases, now, passwords, memberships, live })),
      provide(Standing, standing),
      provide(Tenants, createTenants({ databases })),
      provide(RolesOfMembers, standing),
      provide(Catalogue, registry),
      provide(Members, members),
      provide(RightsChanged, permit),
    ],
  };
}

/** What whoever runs the installation does at the server: `switchyard users create`, `switchyard tenants create`. */
export interface Administration {
  /** Throws `email-taken`, `tenant-not-found` and what a weak password throws. */
  createUser: (person: NewPerson & { tenant: string; role: string }) => Promise<{ id: string; email: string }>;
  /** The owner must have an account. Throws `slug-taken`, `not-found` or `validation-failed`. */
  createTenant: (tenant: NewTenant & { ownerEmail: string }) => Promise<{ id: string; slug: string; name: string }>;
}

export function createAdministration({ databases, registry, now }: Omit<Needed, 'live'>, passwords: Passwords = createPasswords()): Administration {
  const provision = createProvision(() => registry);
  return {
    createUser: ({ tenant: slug, role, ...person }) =>
      databases.platform('create user', async (db) => {
        const tenant = await tenantBySlug(db, slug);
        if (!tenant) throw new Problem('tenant-not-found', `There is no tenant "${slug}".`);
        const created = await createPerson(db, passwords, { ...person, context: [tenant.slug, tenant.name] }, now());
        await joinTenant(db, tenant.id, created, now());
        await seedGrant(db, { tenantId: tenant.id, personId: created.id, role, reason: 'Given at the server' }, now());
        return created;
      }),
    createTenant: ({ ownerEmail, ...tenant }) =>
      databases.platform('create tenant', async (db) => {
        const owner = await personByEmail(db, ownerEmail);
        if (!owner) throw new Problem('not-found', `There is no account with the address ${ownerEmail}.`);
        return createTenant(db, tenant, owner, provision, now());
      }),
  };
}
