import { provide, type Port } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { keyedHash } from '#kernel/ids.ts';
import type { Database } from '#kernel/database.ts';
import { linksOf } from '../registration/links.ts';
import type { Latecomers } from '../registration/port.ts';
import { createSealing } from '../sessions/sealing.ts';
import { EndSession } from '../sessions/port.ts';
import type { FederationDeps } from './deps.ts';
import { createDirectory } from './directory.ts';
import { createDiscovery } from './discovery.ts';
import { createFederation } from './federation.ts';
import { installedProviders, type InstalledSettings } from './installed.ts';
import { createKeySets } from './key-sets.ts';
import { createLatecomers } from './latecomers.ts';
import { createOutgoing, type OutgoingOptions } from './outgoing.ts';
import { ClientSecrets, Federation, MappedRoles, ProviderProbe, ProviderSessions, SignInWays } from './port.ts';
import { createProbe } from './probe.ts';
import { createProviderSessions } from './provider-sessions.ts';
import './problems.ts';

export interface FederationOptions {
  publicUrl: string;
  signup: FederationDeps['signup'];
  autoLink: FederationDeps['autoLink'];
  providers: InstalledSettings;
  allowPrivateTargets: boolean;
  mail: 'smtp' | 'files';
  /** Told whether a provider of the installation answered, for metrics. */
  reached?: FederationDeps['reached'];
}
const NO_PROVIDERS: FederationOptions = {
  publicUrl: 'http://localhost:8420',
  signup: { mode: 'open', domains: [] },
  autoLink: 'off',
  providers: {},
  allowPrivateTargets: false,
  mail: 'files',
};

type Needed = Pick<FederationDeps, 'databases' | 'now' | 'log' | 'sealer' | 'mail' | 'sessions' | 'factors' | 'memberships' | 'doors' | 'note'> & {
  keyFor: (purpose: string) => Uint8Array;
  roles: MappedRoles;
  addressFault: OutgoingOptions['addressFault'];
};

export interface FederationParts {
  adapters: readonly (readonly [Port<unknown>, unknown])[];
  /** Where an address has to sign in instead of with a password. */
  elsewhere: (db: Database, address: string) => Promise<Problem | undefined>;
  latecomers: Latecomers;
}

/** Everything about sign-in by another's word. */
export function wireFederation({ keyFor, addressFault, ...needed }: Needed, options: FederationOptions = NO_PROVIDERS): FederationParts {
  const guard = { addressFault, allowPrivateTargets: options.allowPrivateTargets };
  const core = { discovery: createDiscovery(needed.now), keySets: createKeySets(needed.now), outgoing: createOutgoing(guard) };
  const publicUrl = options.publicUrl.replace(/\/+$/, '');
  const deps: FederationDeps = {
    ...needed,
    core,
    publicUrl,
    sealing: createSealing(keyFor('federation')),
    links: linksOf(publicUrl),
    keyed: keyedHash(keyFor('mail-codes')),
    signup: options.signup,
    autoLink: options.autoLink,
    reached: options.reached,
    installed: installedProviders(core, options.providers),
  };
  const directory = createDirectory(deps);
  const providerSessions = createProviderSessions(deps, directory);
  return {
    adapters: [
      provide(Federation, createFederation(deps, directory)),
      provide(ProviderSessions, providerSessions),
      provide(EndSession, providerSessions),
      provide(ProviderProbe, createProbe(deps, directory, guard)),
      provide(MappedRoles, needed.roles),
      provide(ClientSecrets, needed.sealer),
      provide(SignInWays, { signup: options.signup.mode, mail: options.mail, publicUrl }),
    ],
    latecomers: createLatecomers(deps),
    async elsewhere(db, address) {
      const provider = await directory.enforcedFor(db, address);
      if (!provider) return undefined;
      const { id, startUrl } = provider;
      return new Problem('sso-required', `People of this domain sign in through ${provider.name}.`, { provider: id, startUrl });
    },
  };
}
