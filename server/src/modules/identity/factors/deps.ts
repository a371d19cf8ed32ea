import type { Clock } from '#kernel/clock.ts';
import type { Database, Databases } from '#kernel/database.ts';
import type { Mail } from '#kernel/mail.ts';
import type { Sms } from '#kernel/sms.ts';
import type { Passwords } from '../passwords.ts';
import type { Directory, Memberships } from '../providers/port.ts';
import type { Sessions } from '../sessions/port.ts';
import type { Countries } from './phone.ts';
import type { Vault } from './vault.ts';
import type { RelyingParty } from './webauthn.ts';

/** Tenants in which a role that the person holds demands a second factor at once. Runs as the platform. */
export type RoleDemands = (db: Database, userId: string) => Promise<ReadonlySet<string>>;

export interface FactorDeps {
  databases: Databases;
  now: Clock;
  vault: Vault;
  passwords: Passwords;
  memberships: Pick<Memberships, 'of'>;
  directory: Directory;
  roleDemands: RoleDemands;
  sessions: Pick<Sessions, 'conclude' | 'prove' | 'list' | 'change' | 'endAll'>;
  mail: Mail;
  sms: Sms;
  party: RelyingParty;
  /** Address of the page where people see to their second factors. */
  settingsLink: string;
  countries: Countries;
  /** What is remembered of who holds a credential is out of date. */
  credentialsChanged: () => void;
}

/** The signed-in person of a call, and where it came from. */
export interface Self {
  userId: string;
  sessionId: string;
  ip: string | null;
  agent: string | null;
}

/** Where an unknown caller comes from. */
export type From = Pick<Self, 'ip' | 'agent'>;
