import type { Port } from '#kernel/port.ts';
import { factorAdapters } from './adapters.ts';
import type { FactorDeps } from './deps.ts';
import { countriesOf } from './phone.ts';
import type { SecondFactors } from './port.ts';
import { createSecondFactors } from './second-factors.ts';
import { createVault } from './vault.ts';
import { relyingParty } from './webauthn.ts';

/** What an installation says about its second factors. */
export interface FactorOptions {
  /** What authenticator apps and passkeys are shown under. */
  name: string;
  publicUrl: string;
  baseDomain?: string | undefined;
  /** Countries that SMS goes to, as ISO 3166 codes with commas; all when left out. */
  smsCountries?: string | undefined;
}

const AT_HOME: FactorOptions = { name: 'Switchyard', publicUrl: 'http://localhost:8420' };

type Needed = Omit<FactorDeps, 'vault' | 'party' | 'settingsLink' | 'countries' | 'sessions'> & { keyFor: (purpose: string) => Uint8Array };

export interface FactorParts {
  /** What opening a session asks. */
  secondFactors: SecondFactors;
  /** What the operations ask; they open sessions in turn. */
  adapters: (sessions: FactorDeps['sessions']) => readonly (readonly [Port<unknown>, unknown])[];
}

/** Everything about second factors. In two steps, since sessions are opened through both. */
export function wireFactors({ keyFor, ...needed }: Needed, { name, publicUrl, baseDomain, smsCountries }: FactorOptions = AT_HOME): FactorParts {
  const vault = createVault(keyFor);
  const given = {
    ...needed,
    vault,
    party: relyingParty(name, publicUrl, baseDomain),
    settingsLink: `${publicUrl.replace(/\/+$/, '')}/settings/security`,
    countries: countriesOf(smsCountries),
  };
  return { secondFactors: createSecondFactors(given), adapters: (sessions) => factorAdapters({ ...given, sessions }) };
}
