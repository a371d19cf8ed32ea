import type { Context, ReadContext } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { definePort, type Port } from '#kernel/port.ts';
import type { Sealer } from '#kernel/seal.ts';
import type { Arrival, Concluded } from '../sessions/types.ts';
import type { ProviderKind, Purpose, RoleMapping } from './types.ts';

/** The client at the other end; `browser` is the value of its flow cookie. */
export interface Visitor {
  ip: string | null;
  agent: string | null;
  browser: string | undefined;
}

export interface OfferedProvider {
  id: string;
  kind: ProviderKind;
  name: string;
  startUrl: string;
}
export interface Offer {
  providers: OfferedProvider[];
  sso: { provider: OfferedProvider; enforced: boolean } | null;
}

export interface Start {
  provider: string;
  purpose: Purpose;
  returnTo: string | undefined;
  /** The pair of calls of exchange.md 4.1: the page takes the code and posts it. */
  byPage?: boolean;
}
/** Where the browser goes, and the cookie that binds it to the flow. */
export interface Started {
  location: string;
  browser: string;
  expiresAt: Date;
  /** The browser comes back by a form that the provider's page posts. */
  formPost: boolean;
}

export interface Callback {
  provider: string;
  parameters: Readonly<Record<string, string>>;
  byPage?: boolean;
}
/** Where the browser goes next; the person and a tenant of theirs, for the audit trail. */
export interface Returned {
  code: string | null;
  linked: string | null;
  returnTo: string;
}
export type OnKnown = (person: { id: string; email: string; name: string }, tenant: { tenantId: string; slug: string } | undefined) => void;

interface LinkedAccount {
  provider: string;
  name: string;
  email: string | null;
  linkedAt: Date;
  lastUsedAt: Date;
  onlyMethod: boolean;
}

/** Sign-in by somebody else's word. Everything here has transactions of its own, beside that of the call. */
export interface Federation {
  /** Whom one can sign in with; by domain of an address, never by whether there is such a person. */
  offer: (wanted: { email?: string | undefined; tenant?: string | undefined }) => Promise<Offer>;
  /** The only provider there is. Throws `provider-not-found`. */
  only: () => Promise<string>;
  /** Throws `provider-not-found`, `rate-limited`, `idp-unavailable`, `oidc-unavailable`. */
  start: (wanted: Start, visitor: Visitor, link?: { userId: string; sessionId: string }) => Promise<Started>;
  /** Throws what platform.md 18 and governance.md 3.3 name. */
  callback: (returned: Callback, visitor: Visitor, onKnown: OnKnown) => Promise<Returned>;
  /** The session for a one-time code. Throws `oauth-state-invalid` and what `conclude` throws. */
  complete: (code: string, visitor: Visitor, arrival: Arrival) => Promise<Concluded>;
  accounts: (userId: string) => Promise<LinkedAccount[]>;
  /** Throws `not-found` or `last-sign-in-method`. */
  unlink: (userId: string, provider: string, visitor: Visitor) => Promise<void>;
  /** A provider ended a session of its own. Answers how many of ours ended. Throws `provider-not-found` or `oidc-token-invalid`. */
  backchannelLogout: (provider: string, logoutToken: string) => Promise<number>;
  /** A tenant's provider is gone: so are the identities that were known by it. */
  forgotten: (provider: string) => Promise<void>;
}
export const Federation = definePort<Federation>('identity.federation');

/** Provider tokens of a session, for `auth.refresh`. */
export interface ProviderSessions {
  /** New provider tokens, if the session can have them. Throws `session-revoked` when the provider ended it, `oidc-unavailable`. */
  renew: (sessionId: string) => Promise<'renewed' | 'none'>;
}
export const ProviderSessions = definePort<ProviderSessions>('identity.provider-sessions');

/** Writes that something went wrong in a call that is done all the same, into the audit trail of its tenant and its transaction. */
export type AuditNote = (ctx: Context, note: { code: string; text: string }) => Promise<void>;

/** What federation asks of tenants; module tenancy answers. All of it runs as the platform. */
export interface TenantDoors {
  /** The tenant that proved to hold this domain, and whether its people have to come by its own provider. */
  holderOf: (db: Database, domain: string) => Promise<{ tenantId: string; ssoEnforced: boolean } | null>;
  /** Of an open tenant, by slug or host name. */
  idOf: (db: Database, name: string) => Promise<string | null>;
  isMember: (db: Database, tenantId: string, userId: string) => Promise<boolean>;
  join: (db: Database, tenantId: string, person: { id: string; email: string; name: string }, at: Date) => Promise<void>;
  /** Is there an invitation to this address that could be accepted now? */
  isInvited: (db: Database, email: string, at: Date) => Promise<boolean>;
  /** People may work in it. */
  isOpen: (db: Database, tenantId: string) => Promise<boolean>;
}

/** Grants that follow a person's groups at their provider; module access answers. */
export interface MappedRoles {
  /** As the platform: exactly these grants from this provider, no others; grants that people gave stay. Answers whether anything changed. */
  apply: (db: Database, wanted: { tenantId: string; userId: string; provider: string; roles: readonly RoleMapping[] }, at: Date) => Promise<boolean>;
  /** Throws `grant-escalation` or `not-found` unless the caller may give each of these roles to whoever comes. */
  requireGivable: (ctx: ReadContext, roles: readonly RoleMapping[]) => Promise<void>;
  /** After the commit: every process looks at rights anew. */
  changed: () => void;
}
export const MappedRoles = definePort<MappedRoles>('identity.mapped-roles');

/** Looks at a provider from the outside: discovery document and keys. */
export interface ProviderProbe {
  /** Throws `issuer-not-allowed`. */
  requireAllowed: (issuer: string) => void;
  check: (provider: string) => Promise<{ name: string; ok: boolean; detail: string }[]>;
}
export const ProviderProbe = definePort<ProviderProbe>('identity.provider-probe');

/** What the sign-in page offers besides providers. */
export interface SignInWays {
  signup: 'open' | 'invite_only' | 'closed';
  /** `files`: no mail server is set, so mails wait in a folder of the server. */
  mail: 'smtp' | 'files';
  /** Where people reach us, without a slash at its end. */
  publicUrl: string;
}
/** Seals the client secrets of tenants' providers. */
export const ClientSecrets: Port<Sealer> = definePort<Sealer>('identity.client-secrets');
export const SignInWays = definePort<SignInWays>('identity.sign-in-ways');
