import type { Context, ReadContext } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { definePort } from '#kernel/port.ts';
import type { Scope } from '#kernel/scope.ts';
import type { Looked } from '../domains/rules.ts';
import type { DomainRow, TenantRow } from '../tables.ts';

export type TenantRecord = TenantRow;

export interface PersonRef {
  id: string;
  email: string;
  name: string;
  kind?: 'person' | 'service';
  /** What lists of members show of them; taken from another membership when it is left out. */
  shown?: { mfa: boolean; lastLoginAt: Date | null; avatarUrl: string | null };
}

export interface RoleRef {
  key: string;
  name: string;
}
export interface HeldRole extends RoleRef {
  grantId: string;
  roleId: string;
}

/** Who holds which roles here, and how that changes with a membership; module access answers. */
export interface MemberRights {
  /** Grants in force by member, the most powerful role first. */
  held: (db: Database, tenantId: string, memberIds: readonly string[]) => Promise<Map<string, HeldRole[]>>;
  /** Ids of members with a grant in force of this role (key or id). */
  holding: (db: Database, tenantId: string, role: string) => Promise<string[]>;
  /** Roles by id; those that no longer exist are missing. */
  named: (db: Database, tenantId: string, roleIds: readonly string[]) => Promise<Map<string, RoleRef & { level: number }>>;
  /** Throws `grant-escalation`, `self-grant-forbidden` … unless the caller may give this role to somebody who is not here yet. */
  requireOffer: (ctx: ReadContext, roleId: string, scope: Scope) => Promise<void>;
  /** Throws `grant-escalation` or `last-owner` unless the caller may take every role that the member holds. */
  requireTakeable: (ctx: ReadContext, memberId: string) => Promise<void>;
  /** Throws unless the caller may give the role to the member, and take the grants that it replaces. */
  requireReplaceable: (ctx: ReadContext, change: RoleChange) => Promise<{ taken: HeldRole[]; given: RoleRef }>;
  /** Answers the new grant. */
  replace: (ctx: Context, change: RoleChange) => Promise<string>;
  /** Ends all grants of a member. */
  takeAll: (ctx: Context, memberId: string) => Promise<void>;
  /**
   * As the platform: the grants of an invitation. Roles that are gone, or that `grantedBy` could not give any more, become `viewer`;
   * answers whether one was. Undefined when they can give nothing.
   */
  give: (db: Database, grants: NewGrants, at: Date) => Promise<{ replaced: boolean; primary: string } | undefined>;
  /** Takes the ownership from one member and gives it to another; the first becomes an administrator. */
  passOwnership: (ctx: Context, fromId: string, toId: string) => Promise<void>;
  /** Nobody but this member owns everything without an end. */
  isLastOwner: (db: Database, tenantId: string, memberId: string) => Promise<boolean>;
  /** After the commit: every process looks at rights anew. */
  changed: () => void;
}
export interface RoleChange {
  memberId: string;
  roleId: string;
  scope: Scope;
  /** Grants that end with it. */
  replaces: readonly string[];
}
export interface NewGrants {
  tenantId: string;
  personId: string;
  roleIds: readonly string[];
  scope: Scope;
  grantedBy: string;
}
export const MemberRights = definePort<MemberRights>('tenancy.member-rights');

/** What ends with a membership outside the tenant's own tables; module identity answers. Called after the commit. */
export interface Credentials {
  /** Ends the person's sessions and API keys in this tenant. */
  endInTenant: (userId: string, tenantId: string) => Promise<void>;
  /** As the platform: names and rights of who is no member any more, and the account itself of a machine. */
  forgetMember: (db: Database, tenantId: string, userId: string) => Promise<void>;
  /** Keys, machines, local names and identities of a tenant that is about to be emptied. */
  forgetTenant: (tenantId: string) => Promise<void>;
  /** Whoever is remembered as signed in is looked at anew. */
  lookAgain: () => void;
}
export const Credentials = definePort<Credentials>('tenancy.credentials');

export interface WantedTenant {
  name: string;
  slug: string | undefined;
  type?: TenantRow['type'] | undefined;
  region?: string | undefined;
  /** What the person would like to be on; kept until it can be paid for. */
  plan?: string | undefined;
}

/** What is done about tenants outside the one that a call is in: by the platform, each in a transaction of its own. */
export interface Tenants {
  /** Those the person is an active member of, the oldest membership first; with those that are closed. */
  mine: (userId: string) => Promise<TenantRecord[]>;
  /** Throws `slug-taken`, `tenant-limit-reached`, `email-not-verified`, `validation-failed`. */
  create: (ownerId: string, wanted: WantedTenant) => Promise<TenantRecord>;
  /** In use, or given up by another not long ago. */
  isTaken: (slug: string) => Promise<boolean>;
  /** The first slug that a name suggests and nobody has. */
  suggest: (name: string) => Promise<string>;
  /** Ends the deletion of a tenant that the person owns. Throws `tenant-not-found`, `invalid-transition`. */
  restore: (tenantId: string, userId: string) => Promise<TenantRecord>;
  /** Drops what is remembered of host names. */
  hostsChanged: () => void;
}
export const Tenants = definePort<Tenants>('tenancy.tenants');

/** A person as sign-in knows them. */
export interface PersonFacts extends PersonRef {
  emailVerified: boolean;
  locale: string | null;
}
export interface Persons {
  find: (userId: string) => Promise<PersonFacts | undefined>;
  byEmail: (email: string) => Promise<PersonFacts | undefined>;
  /** Throws `rate-limited` when a counter of tries is used up. */
  takeTry: (limit: 'invitation' | 'invitationNetwork' | 'slugNetwork', subject: string) => Promise<void>;
}
export const Persons = definePort<Persons>('tenancy.persons');

/** Things that belong to a person and need another owner when the person leaves: what a module owns, it tells and hands over. */
export interface Belongings {
  /** In words, e.g. `3 workflows`; empty when there is nothing. */
  of: (db: Database, tenantId: string, memberId: string) => Promise<string[]>;
  hand: (db: Database, tenantId: string, fromId: string, toId: string) => Promise<void>;
}
export const Belongings = definePort<readonly Belongings[]>('tenancy.belongings');

/** Names of the installation, and the outside that domains are checked against. */
export interface Site {
  /** Where people reach us, without a slash at its end. */
  publicUrl: string;
  /** Parent of the tenants' subdomains; undefined when they have none. */
  baseDomain: string | undefined;
  /** Own names: nobody claims them. */
  hosts: readonly string[];
  /** Names under special top-level domains may be claimed: a lab. */
  allowSpecial: boolean;
  /** Tenants of newcomers begin with a trial of `business`; where it is off, with the plan that is named here. */
  plan: string | undefined;
}
export const Site = definePort<Site>('tenancy.site');

export interface DomainLookups {
  /** Asks the authoritative servers and the resolvers, within a few seconds. Never throws: silence is an answer. */
  look: (question: { domain: string; token: string; tenantHost: string | undefined }) => Promise<Looked>;
}
export const DomainLookups = definePort<DomainLookups>('tenancy.domain-lookups');

/** What anybody may see of a tenant before signing in. */
export interface PublicTenant {
  id: string;
  slug: string;
  name: string;
  status: TenantRow['status'];
  branding: { hasLogo: boolean; hasIcon: boolean; primaryColor: string | null; loginText: string | null; supportLink: string | null };
  signIn: { methods: string[]; ssoEnforced: boolean };
  /** The tenant was renamed: where its old host name leads now. */
  movedTo: string | null;
}

/** Host names and what they lead to; remembered for some seconds. */
export interface Hosts {
  /** Tenant of a subdomain or of a domain with a proof. */
  tenantOf: (host: string) => Promise<string | undefined>;
  /** By host name or slug. */
  publicTenant: (hostOrSlug: string) => Promise<PublicTenant | undefined>;
  picture: (tenantId: string, kind: 'logo' | 'icon') => Promise<{ content: Buffer; mediaType: string } | undefined>;
}
export const Hosts = definePort<Hosts>('tenancy.hosts');

/** Claims of domains, across tenants: only one of them holds a name. */
export interface DomainClaims {
  /** Takes in what was seen; `asked`: somebody wants it now, so a name that another holds comes over. Undefined when the claim is gone. */
  settle: (tenantId: string, domainId: string, looked: Looked, asked: boolean) => Promise<DomainRow | undefined>;
}
export const DomainClaims = definePort<DomainClaims>('tenancy.domain-claims');

export interface InvitationPeek {
  tenant: { id: string; name: string; hasLogo: boolean };
  roles: string[];
  email: string;
  /** Another address than the invited one may accept as well. */
  anyAddress: boolean;
  expiresAt: Date;
}

/** Invitations by their token: whoever holds it is in no tenant yet. */
export interface Invitations {
  /** Undefined for every token that is not good now. */
  peek: (token: string) => Promise<InvitationPeek | undefined>;
  /** Throws `invitation-invalid`, `invitation-address-mismatch` or `already-member`. */
  acceptFor: (userId: string, token: string) => Promise<{ tenantId: string; slug: string; name: string }>;
}
export const Invitations = definePort<Invitations>('tenancy.invitations');

/** Work by the clock that looks across tenants. */
export interface Upkeep {
  endTrials: () => Promise<number>;
  /** Carries out deletions whose time to restore is over. */
  purge: () => Promise<number>;
  /** Looks at the domains whose turn it is, and removes those whose time is over. */
  checkDomains: () => Promise<number>;
  /** Invitations past their time, names past theirs, traces past theirs. */
  sweep: () => Promise<void>;
  /** Forgets that the person belongs to the tenant: what they sign in with there goes too. */
  dropMembership: (tenantId: string, userId: string) => Promise<void>;
}
export const Upkeep = definePort<Upkeep>('tenancy.upkeep');
