import type { Clock } from '#kernel/clock.ts';
import type { Databases } from '#kernel/database.ts';
import type { Log } from '#kernel/log.ts';
import type { Mail } from '#kernel/mail.ts';
import type { Sealer } from '#kernel/seal.ts';
import type { SecondFactors } from '../factors/port.ts';
import type { Memberships } from '../providers/port.ts';
import type { SignupRules } from '../registration/deps.ts';
import type { Links } from '../registration/links.ts';
import type { Sealing } from '../sessions/sealing.ts';
import type { Sessions } from '../sessions/port.ts';
import type { Provider } from './idps/provider.ts';
import type { AuditNote, MappedRoles, TenantDoors } from './port.ts';
import type { Core } from './relying-party.ts';

export interface FederationDeps {
  databases: Databases;
  now: Clock;
  log: Log;
  /** For what belongs to no tenant yet. */
  sealing: Sealing;
  /** For what belongs to a tenant. */
  sealer: Sealer;
  core: Core;
  reached?: ((provider: string, up: boolean) => void) | undefined;
  mail: Mail;
  links: Links;
  /** Keyed hash for codes of few digits. */
  keyed: (text: string) => string;
  /** Where people reach us, without a slash at its end. */
  publicUrl: string;
  signup: SignupRules;
  /** May an address that both sides verified link an account by itself? */
  autoLink: 'off' | 'verified';
  /** Configured by whoever runs the installation. */
  installed: readonly Provider[];
  sessions: Pick<Sessions, 'conclude' | 'get' | 'change' | 'end' | 'endOfProvider'>;
  factors: Pick<SecondFactors, 'enrolled'>;
  memberships: Pick<Memberships, 'of'>;
  doors: TenantDoors;
  roles: Pick<MappedRoles, 'apply' | 'changed'>;
  note: AuditNote;
}
