import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { definePort } from '#kernel/port.ts';
import type { Problem } from '#kernel/problem.ts';
import type { Arrival, Concluded, Issued } from '../sessions/types.ts';

/** A tenant that a person may enter, with the rules that it makes for entering (platform.md 5.3). */
export interface Membership {
  tenantId: string;
  slug: string;
  name: string;
  /** `active`, `trialing`, `past_due` or `read_only`: those in which people may work. */
  status: string;
  joinedAt: Date;
  mfa: 'off' | 'optional' | 'required';
  /** Since when the second factor is required; null while it is not. */
  mfaSince: Date | null;
  passwordPolicy: { minLength: number; classes: boolean };
  /** Addresses and ranges that may call; empty for all. */
  ipAllowList: readonly string[];
  sessionIdleMinutes: number;
  sessionAbsoluteHours: number;
  /** `password`, `passkey`, `google`, `github`, `microsoft`, `apple`, `peeringdb`, `oidc`. */
  allowedSignIn: readonly string[];
  ssoEnforced: boolean;
  /** The person is the owner of the tenant. */
  owns: boolean;
  apiKeyMaxDays: number;
  /** API keys are good at the MCP endpoint. */
  agentKeys: boolean;
  /** Which programs people may connect as agents. */
  agentClients: 'any' | 'listed';
}

/** What sign-in has to know of tenants; module tenancy answers. */
export interface Memberships {
  /** Active memberships in open tenants, the oldest first. Runs as the platform. */
  of: (db: Database, userId: string) => Promise<Membership[]>;
  /** Throws `ip-not-allowed` when the tenant keeps this address out. Without any I/O: for each call. */
  admit: (membership: Pick<Membership, 'name' | 'ipAllowList'>, ip: string | null) => void;
  /** Why the person cannot enter the tenant (slug or id): `tenant-suspended`, `tenant-deleting` for its members, else `tenant-not-found`. */
  refusal: (userId: string, tenant: string) => Promise<Problem>;
}

/** Facts about a person that every tenant of theirs shows in its list of members; those left out stay. Runs as the platform. */
export interface Directory {
  update: (db: Database, userId: string, facts: { name?: string; email?: string; mfa?: boolean; avatarUrl?: string | null }) => Promise<void>;
  /** The person has signed in. */
  cameIn: (db: Database, userId: string, at: Date) => Promise<void>;
}
export const Directory = definePort<Directory>('identity.directory');

/** What a person may do where; module access answers. */
export interface Standing {
  /** Roles of a person by tenant. Runs as the platform. */
  everywhere: (userId: string) => Promise<Map<string, { key: string; name: string }[]>>;
  /** Permission patterns of the actor here and now, cut down by the key's cap. */
  patterns: (db: Database, actor: Actor) => Promise<string[]>;
  /** Throws `permission-unknown` or `grant-escalation` unless the actor holds all that the patterns open. */
  requireHeld: (db: Database, actor: Actor, patterns: readonly string[]) => Promise<void>;
  /** Whether the actor holds the permission over the whole tenant. */
  holds: (db: Database, actor: Actor, permission: string) => Promise<boolean>;
  /** Throws `grant-escalation` unless the actor could give all that the subject holds, cut down to the patterns if there are any. */
  requireGivable: (db: Database, actor: Actor, subjectId: string, patterns: readonly string[] | null) => Promise<void>;
}
export const Standing = definePort<Standing>('identity.standing');

/** With an address, or with the name of a local account in the tenant of the arrival. */
export type SignIn = { password: string; arrival: Arrival } & ({ email: string; username?: undefined } | { username: string; email?: undefined });

/** Persons and what they sign in with: outside every tenant, so outside the transaction of a call. */
export interface Accounts {
  /**
   * `onKnown` hears whose account was tried, right or wrong, for the audit trail. Throws `invalid-credentials`, `locked`,
   * `network-blocked`, `sso-required`, `email-not-verified`, `account-suspended`, `no-membership`, `credential-disabled` or
   * `local-auth-disabled`.
   */
  signIn: (wanted: SignIn, onKnown: (person: Issued['user'], membership: Membership) => void) => Promise<Concluded>;
  /** Active memberships, the oldest first. */
  memberships: (userId: string) => Promise<Membership[]>;
}
export const Accounts = definePort<Accounts>('identity.accounts');
