import { Accounts, Standing } from '#modules/identity/providers/port.ts';
import { createAccounts } from '#modules/identity/accounts.ts';
import { createPasswords, type Passwords } from '#modules/identity/passwords.ts';
import { wireFactors, type FactorOptions } from '#modules/identity/factors/wire.ts';
import { createRevive } from '#modules/identity/revive.ts';
import { createAuthenticate, createHolders as createCredentialHolders, CREDENTIALS_TOPIC } from '#modules/identity/steps.ts';
import type { FederationOptions } from '#modules/identity/federation/wire.ts';
import { Sessions } from '#modules/identity/sessions/port.ts';
import { wireSessions, type SessionOptions, type SessionParts } from '#modules/identity/sessions/wire.ts';
import { createHolders } from '#modules/access/holders.ts';
import { isPrivileged } from '#modules/access/privileged.ts';
import { Catalogue, People as AccessPeople, RightsChanged } from '#modules/access/providers/port.ts';
import { createProvision } from '#modules/access/roles.ts';
import { createStanding } from '#modules/access/standing.ts';
import { createRoleKeys } from '#modules/access/role-keys.ts';
import { createPermit, RIGHTS_TOPIC } from '#modules/access/steps.ts';
import { seedBaseline } from '#modules/policies/baseline.ts';
import { people as members } from '#modules/tenancy/people.ts';
import { createWatch } from '#modules/tenancy/isolation/watch.ts';
import { createMemberships, directory } from '#modules/tenancy/memberships.ts';
import { activeTenantIds, tenantBySlug, type Provision } from '#modules/tenancy/tenants.ts';
import { isUuid } from '#kernel/database.ts';
import { provide, type Port } from '#kernel/port.ts';
import { rostersOf } from './approvers.ts';
import { agentParts, type AgentOptions, type AgentParts } from './agents.ts';
import { accountAdapters, accountHooks, type AccountOptions } from './accounts.ts';
import type { Parts, People } from './core.ts';
import { keyParts, surroundings } from './service-accounts.ts';
import { federationParts } from './federation.ts';
import { tenancyAdapters, type TenancyOptions } from './organisations.ts';

export interface Iam extends People {
  passwords: Passwords;
  provision: Provision;
  /** Opens and ends sessions. */
  sessions: Sessions;
  /** The public keys of our access tokens, for `/.well-known/jwks.json`. */
  jwks: SessionParts['jwks'];
  /** What a tenant asks of agents. */
  agentRules: AgentParts['rulesFor'];
  adapters: readonly (readonly [Port<unknown>, unknown])[];
}

export interface IamOptions extends Pick<SessionOptions, 'webStore' | 'observeSession'> {
  /** Address of the installation, as access tokens name it. */
  issuer?: string;
  factors?: FactorOptions;
  accounts?: AccountOptions;
  agents?: AgentOptions;
  federation?: FederationOptions;
  tenancy?: TenancyOptions;
}

/** What opening a session asks of the others, and whom it tells. */
const sessionOptions = (
  parts: Parts,
  { issuer = 'switchyard', webStore, observeSession }: IamOptions,
  { factors, memberships, alerts }: Pick<SessionOptions, 'factors' | 'memberships'> & Pick<ReturnType<typeof accountHooks>, 'alerts'>,
): SessionOptions => ({
  ...parts,
  issuer,
  webStore,
  observeSession,
  factors,
  memberships,
  isPrivileged: (db, userId) => isPrivileged(db, userId, parts.now()),
  arrived: async (db, opened, { amr }, { ip, agent }, at) => {
    const [tell] = await Promise.all([alerts.arrived(db, { ...opened, amr, ip, agent }, at), directory.cameIn(db, opened.userId, at)]);
    return tell;
  },
  brokeGlass: alerts.brokeGlass,
  reused: (db, { userId, id, createdAt }, from, at) => alerts.reused(db, { userId, sessionId: id, since: createdAt, ...from }, at),
});

/** Wires identity, tenancy and access to one another and to the first steps of the Gate. */
// oxlint-disable-next-line max-lines-per-function -- a list of what is given to whom
export function createIam(parts: Parts, passwords: Passwords = createPasswords(), options: IamOptions = {}): Iam {
  const { databases, live, registry, now } = parts;
  const memberships = createMemberships({ databases });
  const catalogue = () => registry;
  const permit = createPermit({ now, live, people: members });
  const standing = createStanding({ databases, now, permit, catalogue });
  const holders = createCredentialHolders({ now, live });
  // A role may demand a second factor, and that is remembered with who holds a credential.
  live.subscribe(RIGHTS_TOPIC, holders.clear);
  const rolesAndOwner = createProvision(catalogue);
  const provision: Provision = async (db, tenantId, ownerId, at) => {
    await parts.sealer.begin(db, tenantId);
    await rolesAndOwner(db, tenantId, ownerId, at);
    await seedBaseline(db, tenantId, at);
  };
  const second = wireFactors(
    {
      ...parts,
      passwords,
      memberships,
      directory,
      roleDemands: (...asked) => standing.demandFactor(...asked),
      credentialsChanged: () => live.publish(CREDENTIALS_TOPIC),
    },
    options.factors,
  );
  const factors = second.secondFactors;
  const { alerts, vet } = accountHooks(parts, options.accounts);
  const { stores, accessTokens, sessions, jwks } = wireSessions(sessionOptions(parts, options, { factors, memberships, alerts }));
  const tenancy = tenancyAdapters(parts, { provision, rights: permit, sessions }, options.tenancy);
  const federation = federationParts(parts, { sessions, factors, memberships, rights: permit, tenancy }, options.federation);
  const agents = agentParts(parts, { memberships, permit: permit.permit, holds: (...asked) => standing.holds(...asked) }, options.agents);
  return {
    passwords,
    provision,
    sessions,
    jwks,
    authenticate: createAuthenticate({ databases, now, holders, memberships, factors, stores, accessTokens, agents: agents.tokens }),
    permit: permit.permit,
    rolesInMind: permit.rolesInMind,
    rolesOf: createRoleKeys(databases, permit, now),
    holders: createHolders({ people: members, catalogue, now }),
    ...rostersOf(members, now),
    revive: createRevive({ databases, memberships, now, agents: agents.grants }),
    alone: (db, tenantId) => members.alone(db, tenantId),
    watch: createWatch(parts),
    tenantIds: () => activeTenantIds(databases),
    agentRules: agents.rulesFor,
    close: stores.close,
    adapters: [
      provide(
        Accounts,
        createAccounts({
          databases, now, passwords, memberships, stores, factors,
          conclude: sessions.conclude,
          tenantIdOf: async (db, tenant) => (isUuid(tenant) ? tenant : (await tenantBySlug(db, tenant))?.id),
          elsewhere: federation.elsewhere,
          failed: alerts.failed, vet,
        }), // prettier-ignore
      ),
      provide(Sessions, sessions),
      ...second.adapters(sessions),
      ...federation.adapters,
      provide(Standing, standing),
      ...agents.adapters,
      ...tenancy,
      ...keyParts(parts, memberships),
      surroundings(tenancy),
      ...accountAdapters(
        parts,
        { passwords, memberships, directory, sessions, provision, tenancy, latecomers: federation.latecomers },
        options.accounts,
      ),
      provide(Catalogue, registry),
      provide(AccessPeople, members),
      provide(RightsChanged, permit),
    ],
  };
}
