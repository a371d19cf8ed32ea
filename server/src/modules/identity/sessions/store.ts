import type { Database } from '#kernel/database.ts';
import type { Amr, Level, ProviderIdentity, TokenType } from './types.ts';

/** A session as it is kept. Its secret is nowhere in it. */
export interface StoredSession {
  id: string;
  userId: string;
  tenantId: string | null;
  kind: TokenType;
  /** Raised by each change; a change that was made on an older one is not taken. */
  version: number;
  amr: readonly Amr[];
  level: Level;
  /** When the person signed in. */
  authTime: Date;
  /** When they last proved who they are. */
  provenAt: Date;
  createdAt: Date;
  lastSeenAt: Date;
  /** How long it lives without being used. */
  idleSeconds: number;
  idleExpiresAt: Date;
  /** Ends then in any case. */
  expiresAt: Date;
  ip: string | null;
  /** User agent as it was sent. */
  agent: string | null;
  provider: ProviderIdentity | null;
  /** Of a pair: what its refresh tokens are computed from. */
  refresh: { seed: string; generation: number; rotatedAt: Date | null } | null;
}

/** Why a session ended, in one word: `logout`, `revoked`, `limit`, `password`, `refresh_reuse`, `provider`, `tenant`, `admin`, … */
export type EndReason = string;
export type Found = { state: 'live'; session: StoredSession } | { state: 'ended' } | { state: 'expired' };

/** Which sessions are meant. */
export type Which =
  | { userId: string; tenantId?: string }
  | { tenantId: string }
  | { issuer: string; subject: string }
  | { issuer: string; sid: string };

/**
 * Where sessions live. `db` is the platform's transaction: PostgreSQL keeps them in it, Redis beside it. Throws `dependency-unavailable`
 * when the store does not answer.
 */
export interface SessionStore {
  /**
   * Kept under the hash of its secret; a pair has none. Of the person's live ones, pairs or not as this one is, only the newest `most`
   * go on, this one among them.
   */
  create: (db: Database, session: StoredSession, secretHash: string | null, most: number) => Promise<void>;
  /** By the hash of its secret. In the same step last use and end are moved on, at most once a minute. */
  use: (db: Database, secretHash: string, at: Date) => Promise<Found | undefined>;
  find: (db: Database, id: string, at: Date) => Promise<Found | undefined>;
  /**
   * Compare and set: `edit` sees the newest state and is asked again when somebody was faster. With `secretHash` the session goes on
   * under another secret, and the old one is worth nothing. Undefined when there is no such live session or `edit` declines.
   */
  change: (
    db: Database,
    id: string,
    at: Date,
    edit: (session: StoredSession) => Partial<StoredSession> | undefined,
    secretHash?: string,
  ) => Promise<StoredSession | undefined>;
  /** Ends those of them that are live; answers which. */
  end: (db: Database, ids: readonly string[], reason: EndReason, at: Date) => Promise<string[]>;
  /** Live ones, the newest first. */
  list: (db: Database, which: Which, at: Date) => Promise<StoredSession[]>;
  /** Forgets what ended long ago. */
  sweep: (db: Database, at: Date) => Promise<void>;
  close: () => Promise<void>;
}
