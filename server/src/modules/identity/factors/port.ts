import type { Database } from '#kernel/database.ts';
import type { Membership } from '../providers/port.ts';
import type { Amr, Arrival, FirstFactor } from '../sessions/types.ts';

/** What may be asked for besides the first factor. */
export type Factor = 'totp' | 'sms' | 'webauthn' | 'backup';

/** The first factor was right, a second one is wanted: all that `conclude` needs again when it has been given. */
export interface Pending {
  userId: string;
  amr: readonly Amr[];
  factors: readonly Factor[];
  arrival: Arrival;
  provider: FirstFactor['provider'];
}

/** What opening a session has to know of second factors; area `factors` answers. All of it runs as the platform. */
export interface SecondFactors {
  /** Factors that are ready for use, the strongest first. */
  enrolled: (db: Database, userId: string) => Promise<Factor[]>;
  /** Did this person tell us, within the last days, to trust the device that holds this token? */
  isTrusted: (db: Database, userId: string, deviceToken: string | undefined, at: Date) => Promise<boolean>;
  openChallenge: (db: Database, pending: Pending, at: Date) => Promise<{ challengeId: string; expiresAt: Date }>;
  /** Tenants in which a role of the person demands a second factor. */
  demandedByRoles: (db: Database, userId: string) => Promise<ReadonlySet<string>>;
  /** Which of these tenants demand a second factor that a person who has none should have by now. */
  overdue: (memberships: readonly Membership[], byRoles: ReadonlySet<string>, at: Date) => readonly string[];
}
