import type { Context } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { definePort } from '#kernel/port.ts';
import type { EndReason, StoredSession } from './store.ts';
import type { Amr, Arrival, Concluded, FirstFactor, Issued, Level } from './types.ts';

/**
 * The only way to open a session. Runs in the caller's platform transaction. `alongside`: what else has to be done in it before anybody
 * comes in, sent together with the first questions.
 */
export type Conclude = (db: Database, first: FirstFactor, arrival: Arrival, at: Date, alongside?: () => Promise<unknown>) => Promise<Concluded>;

/** Sessions for the rest of the product: outside every tenant, so outside the transaction of a call; what it ends stays ended. */
export interface Sessions {
  conclude: Conclude;
  list: (userId: string) => Promise<StoredSession[]>;
  get: (sessionId: string) => Promise<StoredSession | undefined>;
  /** Ends one of the person's sessions; false when they have no such live one. */
  end: (userId: string, sessionId: string, reason: EndReason) => Promise<boolean>;
  /** Answers the ids of those that ended. */
  endAll: (userId: string, reason: EndReason, except?: string) => Promise<string[]>;
  /** The person is no longer at work in the tenant: their sessions there end, those elsewhere go on. */
  endInTenant: (userId: string, tenantId: string) => Promise<string[]>;
  /** Live sessions at work in a tenant: one, or all of a person, with those that have chosen no tenant. */
  within: (tenantId: string, which: { sessionId: string } | { userId: string }) => Promise<StoredSession[]>;
  /** An administrator ends sessions that are at work in their tenant, one or all of a person; answers whose ended. */
  endWithin: (tenantId: string, which: { sessionId: string } | { userId: string }) => Promise<{ id: string; userId: string }[]>;
  /** What another provider ended (OpenID Connect Back-Channel Logout 1.0). */
  endOfProvider: (which: { issuer: string; subject?: string; sid?: string }) => Promise<string[]>;
  /** The person proved once more who they are: the session goes on with a new secret. Throws `session-revoked`. */
  prove: (sessionId: string, amr: readonly Amr[], level: Level, at: Date) => Promise<Issued>;
  /** Goes on in another tenant, with a new secret and the same latest end. Throws `tenant-not-found`. */
  switchTenant: (sessionId: string, tenantId: string) => Promise<Issued>;
  /** Another generation of a pair. Throws `token-invalid`, `session-revoked`, `session-expired` or `refresh-reuse-detected`. */
  refresh: (refreshToken: string, from: { ip: string | null; agent: string | null }) => Promise<Issued>;
  /** Moves the end of a cookie session on. Throws `session-revoked`, `session-expired` or `unauthenticated`. */
  extend: (token: string) => Promise<StoredSession>;
  /** Changes what is kept of the provider, such as renewed tokens; of parallel changes none is lost. */
  change: (sessionId: string, edit: (session: StoredSession) => Partial<StoredSession> | undefined) => Promise<StoredSession | undefined>;
}
export const Sessions = definePort<Sessions>('identity.sessions');

/** The end of a session at the provider that it rests on; area `federation` answers. */
export interface EndSession {
  /** Revokes the provider's tokens and answers where the browser goes to be signed out there as well. Never throws. */
  urlFor: (session: StoredSession, ctx: Context) => Promise<string | null>;
}
export const EndSession = definePort<EndSession>('identity.endSession');
