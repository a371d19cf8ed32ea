import type { Config } from '#kernel/config.ts';
import type { Databases } from '#kernel/database.ts';
import { keyedHash } from '#kernel/ids.ts';
import { adapters, provide, providerOf, type Port } from '#kernel/port.ts';
import { forgetDevices } from '#modules/identity/factors/device-store.ts';
import { strictest } from '#modules/identity/password-rules.ts';
import type { Passwords } from '#modules/identity/passwords.ts';
import { createAlerts, type Alerts } from '#modules/identity/profile/alerts.ts';
import { Profile } from '#modules/identity/profile/port.ts';
import { createProfile } from '#modules/identity/profile/profile.ts';
import type { Directory, Memberships } from '#modules/identity/providers/port.ts';
import { breachFile, NO_LIST } from '#modules/identity/registration/breaches.ts';
import type { RegistrationDeps, SignupRules } from '#modules/identity/registration/deps.ts';
import { linksOf } from '#modules/identity/registration/links.ts';
import { Registration, type Latecomers } from '#modules/identity/registration/port.ts';
import { createRegistration } from '#modules/identity/registration/registration.ts';
import { createVet } from '#modules/identity/registration/vet.ts';
import type { Sessions } from '#modules/identity/sessions/port.ts';
import { CREDENTIALS_TOPIC } from '#modules/identity/steps.ts';
import { endAllAgents } from '#modules/oauth/leaving.ts';
import { found } from '#modules/tenancy/founding.ts';
import { Invitations, Site } from '#modules/tenancy/providers/port.ts';
import type { Provision } from '#modules/tenancy/tenants.ts';
import type { Parts } from './core.ts';
import { createPersons } from './organisations.ts';

export interface AccountOptions {
  /** Address that the links of mails lead to. */
  publicUrl?: string;
  signup?: SignupRules;
  /** File of leaked passwords; see breaches.ts. */
  breachList?: string | undefined;
  /** Milliseconds that answers about an address take at least: more than the work behind them, so that it does not show. */
  floorMs?: number;
}

export const accountOptions = ({ publicUrl, port, signup, signupDomains, breachList }: Config): AccountOptions => ({
  publicUrl: publicUrl ?? `http://localhost:${port}`,
  signup: { mode: signup, domains: signupDomains },
  breachList,
});

/** What sign-in tells of and asks before there are sessions. */
export interface AccountHooks {
  alerts: Alerts;
  vet: ReturnType<typeof createVet>;
}

type Basics = Pick<RegistrationDeps, 'mail' | 'links' | 'breaches'> & { databases: Databases };

const basicsOf = ({ databases, mail, log }: Parts, { publicUrl = 'http://localhost:8420', breachList }: AccountOptions): Basics => ({
  databases,
  mail,
  links: linksOf(publicUrl),
  breaches: breachList === undefined ? NO_LIST : breachFile(breachList, (err) => log.warn({ err }, 'the breach list cannot be read')),
});

export function accountHooks(parts: Parts, options: AccountOptions = {}): AccountHooks {
  const basics = basicsOf(parts, options);
  return { alerts: createAlerts(basics), vet: createVet(basics) };
}

export interface AccountNeeds {
  passwords: Passwords;
  memberships: Memberships;
  directory: Directory;
  sessions: Pick<Sessions, 'conclude' | 'endAll'>;
  provision: Provision;
  latecomers: Latecomers;
  /** Adapters of module tenancy: invitations, and what tenants of newcomers begin with. */
  tenancy: readonly (readonly [Port<unknown>, unknown])[];
}

/** Sign-up, reset and everything that is a person's own. */
export function accountAdapters(parts: Parts, needs: AccountNeeds, options: AccountOptions = {}): readonly (readonly [Port<unknown>, unknown])[] {
  const { passwords, memberships, directory, sessions, provision, latecomers } = needs;
  const { signup = { mode: 'open', domains: [] }, floorMs = 120 } = options;
  const tenancy = providerOf(adapters(...needs.tenancy));
  const founding = { now: parts.now, provision, persons: createPersons(parts), site: tenancy(Site) };
  const deps: RegistrationDeps & { memberships: Memberships } = {
    ...basicsOf(parts, options),
    now: parts.now,
    passwords,
    memberships,
    directory,
    signup,
    floorMs,
    keyed: keyedHash(parts.keyFor('mail-codes')),
    conclude: sessions.conclude,
    latecomers,
    endings: {
      sessions: (userId, reason, except) => sessions.endAll(userId, reason, except),
      devices: forgetDevices,
      agents: endAllAgents,
      remembered: () => parts.live.publish(CREDENTIALS_TOPIC),
    },
    tenancies: {
      async found(db, name, { id, email, name: called }) {
        await found(db, founding, { id, email, name: called, emailVerified: true, locale: null }, { name, slug: undefined });
      },
    },
    invitations: {
      peek: (token) => tenancy(Invitations).peek(token),
      acceptFor: (userId, token) => tenancy(Invitations).acceptFor(userId, token),
    },
    policyFor: async (db, userId) => strictest((await memberships.of(db, userId)).map(({ passwordPolicy }) => passwordPolicy)),
  };
  return [provide(Registration, createRegistration(deps)), provide(Profile, createProfile(deps))];
}
