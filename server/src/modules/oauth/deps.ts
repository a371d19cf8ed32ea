import type { Clock } from '#kernel/clock.ts';
import type { Database, Databases } from '#kernel/database.ts';
import type { Live } from '#kernel/live.ts';
import type { TenantRef } from './providers/port.ts';

/** What the authorization server needs of the rest. */
export interface OAuthDeps {
  databases: Databases;
  now: Clock;
  live: Live;
  /** Address of the installation: the issuer, without a slash at the end. */
  publicUrl: string;
  /** Whether programs may register themselves (RFC 7591). */
  registration: 'open' | 'closed';
  /** Fetches a document that a stranger named: to public addresses only, without redirects, with deadlines and a size limit. */
  fetchDocument: (url: string) => Promise<Response>;
  /** Open tenants in which the person is an active member, with what each of them asks of agents. Runs as the platform. */
  tenantsOf: (db: Database, userId: string) => Promise<(TenantRef & { clients: 'any' | 'listed' })[]>;
  /** Tells every process that a credential is over, or good for something else. */
  ended: () => void;
}
