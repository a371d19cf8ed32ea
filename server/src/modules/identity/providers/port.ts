import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { definePort } from '#kernel/port.ts';

export interface Membership {
  tenantId: string;
  slug: string;
  name: string;
}

/** What sign-in has to know of tenants; module tenancy answers. */
export interface Memberships {
  /** Active memberships in active tenants, the oldest first. Runs as the platform. */
  of: (db: Database, userId: string) => Promise<Membership[]>;
}

/** What a person may do where; module access answers. */
export interface Standing {
  /** Roles of a person by tenant. Runs as the platform. */
  everywhere: (userId: string) => Promise<Map<string, { key: string; name: string }[]>>;
  /** Permission patterns of the actor here and now, cut down by the key's cap. */
  patterns: (db: Database, actor: Actor) => Promise<string[]>;
  /** Throws `permission-unknown` or `grant-escalation` unless the actor holds all that the patterns open. */
  requireHeld: (db: Database, actor: Actor, patterns: readonly string[]) => Promise<void>;
}
export const Standing = definePort<Standing>('identity.standing');

export interface Issued {
  user: { id: string; email: string; name: string };
  tenant: Membership;
  tenants: Membership[];
  sessionId: string;
  token: string;
  tokenType: TokenType;
  expiresAt: Date;
}
export type TokenType = 'cookie' | 'bearer';

export interface SessionRecord {
  id: string;
  tenantId: string;
  kind: TokenType;
  ip: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
}

export interface KeyRecord {
  id: string;
  publicId: string;
  name: string;
  permissions: string[] | null;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
}

export interface SignIn {
  email: string;
  password: string;
  tenant: string | undefined;
  tokenType: TokenType;
  ip: string | null;
}

/** Persons and what they sign in with: outside every tenant, so outside the transaction of a call. */
export interface Accounts {
  /**
   * `onKnown` hears whose account was tried, right or wrong, for the audit trail. Throws `invalid-credentials`, `locked`,
   * `network-blocked`, `account-suspended` or `no-membership`.
   */
  signIn: (wanted: SignIn, onKnown: (person: Issued['user'], membership: Membership) => void) => Promise<Issued>;
  /** A new session in another tenant in place of this one. Throws `tenant-not-found`. */
  switchTenant: (sessionId: string, tenantId: string, ip: string | null) => Promise<Issued>;
  /** Active memberships, the oldest first. */
  memberships: (userId: string) => Promise<Membership[]>;
  sessions: (userId: string) => Promise<SessionRecord[]>;
  session: (sessionId: string) => Promise<SessionRecord | undefined>;
  /** False when the person has no such live session. */
  endSession: (userId: string, sessionId: string, reason: string) => Promise<boolean>;
  keys: (userId: string, tenantId: string) => Promise<KeyRecord[]>;
  /** Throws `key-limit-reached`. */
  createKey: (
    owner: { userId: string; tenantId: string },
    wanted: { name: string; permissions: string[] | null; expiresAt: Date },
  ) => Promise<KeyRecord & { key: string }>;
  /** False when the person has no such live key in this tenant. */
  revokeKey: (owner: { userId: string; tenantId: string }, keyId: string) => Promise<boolean>;
}
export const Accounts = definePort<Accounts>('identity.accounts');
