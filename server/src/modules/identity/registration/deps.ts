import type { Clock } from '#kernel/clock.ts';
import type { Database, Databases } from '#kernel/database.ts';
import type { Mail } from '#kernel/mail.ts';
import type { Passwords } from '../passwords.ts';
import type { PasswordPolicy } from '../password-rules.ts';
import type { Directory } from '../providers/port.ts';
import type { Arrival, Concluded, FirstFactor } from '../sessions/types.ts';
import type { Breaches } from './breaches.ts';
import type { Links } from './links.ts';
import type { Endings, Invitations, Latecomers, Tenancies } from './port.ts';

/** Who may make an account. */
export interface SignupRules {
  mode: 'open' | 'invite_only' | 'closed';
  /** Lower case; empty when every domain may. */
  domains: readonly string[];
}

export interface RegistrationDeps {
  databases: Databases;
  now: Clock;
  passwords: Passwords;
  breaches: Breaches;
  mail: Mail;
  links: Links;
  signup: SignupRules;
  /** Keyed hash for codes of few digits. */
  keyed: (text: string) => string;
  tenancies: Tenancies;
  directory: Directory;
  invitations: Invitations;
  latecomers: Latecomers;
  endings: Endings;
  /** The strictest demands of the person's tenants. */
  policyFor: (db: Database, userId: string) => Promise<PasswordPolicy>;
  conclude: (db: Database, first: FirstFactor, arrival: Arrival, at: Date) => Promise<Concluded>;
  /** Milliseconds that answers about an address take at least. */
  floorMs: number;
}
