import { Accounts, Standing } from '#modules/identity/providers/port.ts';
import { createAccounts } from '#modules/identity/accounts.ts';
import { createPasswords, type Passwords } from '#modules/identity/passwords.ts';
import { createRevive } from '#modules/identity/revive.ts';
import { createAuthenticate, createHolders as createCredentialHolders } from '#modules/identity/steps.ts';
import { createHolders } from '#modules/access/holders.ts';
import { Catalogue, People as AccessPeople, RightsChanged } from '#modules/access/providers/port.ts';
import { createProvision } from '#modules/access/roles.ts';
import { createStanding } from '#modules/access/standing.ts';
import { createPermit } from '#modules/access/steps.ts';
import { people as members } from '#modules/tenancy/people.ts';
import { createMemberships } from '#modules/tenancy/memberships.ts';
import { activeTenantIds, type Provision } from '#modules/tenancy/tenants.ts';
import { provide, type Port } from '#kernel/port.ts';
import type { Parts, People } from './core.ts';
import { tenancyAdapters } from './organisations.ts';

export interface Iam extends People {
  passwords: Passwords;
  provision: Provision;
  adapters: readonly (readonly [Port<unknown>, unknown])[];
}

/** Wires identity, tenancy and access to one another and to the first steps of the Gate. */
export function createIam(parts: Parts, passwords: Passwords = createPasswords()): Iam {
  const { databases, live, registry, now } = parts;
  const memberships = createMemberships({ databases });
  const catalogue = () => registry;
  const permit = createPermit({ now, live, people: members });
  const standing = createStanding({ databases, now, permit, catalogue });
  const holders = createCredentialHolders({ now, live });
  const provision = createProvision(catalogue);
  return {
    passwords,
    provision,
    authenticate: createAuthenticate({ databases, now, holders, memberships }),
    permit: permit.permit,
    holders: createHolders({ people: members, catalogue, now }),
    revive: createRevive({ databases, memberships, now }),
    alone: members.alone,
    tenantIds: () => activeTenantIds(databases),
    adapters: [
      provide(Accounts, createAccounts({ databases, now, live, passwords, memberships })),
      provide(Standing, standing),
      ...tenancyAdapters(parts, { provision, rights: permit, sessions: { endInTenant: async () => undefined } }),
      provide(Catalogue, registry),
      provide(AccessPeople, members),
      provide(RightsChanged, permit),
    ],
  };
}
