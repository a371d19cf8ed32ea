import type { Named, Risk } from '#lib/types.ts';

/** One part of a Scope: all fields given must match. */
export interface ScopeClause {
  type?: string;
  ids?: string[];
  /** Resource groups by id. */
  groups?: string[];
  environments?: string[];
  labels?: Record<string, string>;
}
/** What a right reaches. An empty union reaches nothing. */
export type Scope = { all: true } | { any: ScopeClause[] };

export interface ApiKey {
  id: string;
  name: string;
  /** The part that may be seen. */
  prefix: string;
  /** What it may do at most; null for all that its owner may. */
  permissions: string[] | null;
  /** What it reaches at most; null for all that its owner reaches. */
  scope: Scope | null;
  /** Networks it may call from; none means all. */
  cidrs: string[];
  owner: Named & { kind: 'person' | 'service' };
  /** The key whose place it took. */
  rotatedFrom: string | null;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
  lastUsedIp: string | null;
  version: number;
}
export interface NewApiKey extends ApiKey {
  key: string;
}
export interface ServiceAccount {
  id: string;
  name: string;
  description: string;
  /** Who answers for it. */
  owner: Named | null;
  status: 'active' | 'suspended';
  keys: number;
  roles: { key: string; name: string }[];
  version: number;
  createdAt: string;
}
export interface Member {
  id: string;
  kind: 'person' | 'service';
  name: string;
  email: string;
  title: string | null;
  status: 'active' | 'suspended';
  roles: { key: string; name: string; grantId: string }[];
  /** Whether a second factor is set up. */
  mfa: boolean;
  joinedAt: string;
  lastLoginAt: string | null;
  avatarUrl: string | null;
}
export interface Invitation {
  id: string;
  email: string;
  roles: { id: string; key: string; name: string }[];
  scope: Scope;
  state: 'pending' | 'accepted' | 'expired' | 'revoked';
  message: string | null;
  invitedBy: Named;
  expiresAt: string;
  resends: number;
  createdAt: string;
}
export interface Role {
  id: string;
  key: string;
  name: string;
  description: string;
  /** 1 has the most power. */
  level: number;
  maxRisk: Risk;
  /** `servers:*`, `*:read` */
  patterns: string[];
  system: boolean;
  assignable: boolean;
  requiresMfa: boolean;
  clonedFrom: string | null;
  /** People with a grant in force or to come. */
  members: number;
  version: number;
}
export interface RoleDetail extends Role {
  /** All that its patterns hold. */
  permissions: string[];
}
export interface Permission {
  key: string;
  title: string;
  category: string;
  risk: Risk;
  /** Asks for a typed name or a fresh proof. */
  critical: boolean;
  operations: string[];
  /** Names it had elsewhere. */
  contractKeys: string[];
}
export interface Grant {
  id: string;
  subject: Named & { email: string };
  role: { id: string; key: string; name: string };
  scope: Scope;
  validFrom: string;
  validUntil: string | null;
  reason: string;
  grantedBy: (Named & { email: string }) | null;
  createdAt: string;
}
export interface Group {
  id: string;
  name: string;
  description: string;
  ownerId: string | null;
  owner: Named | null;
  members: { type: string; id: string }[];
  selector: Pick<ScopeClause, 'type' | 'environments' | 'labels'> | null;
  groups: string[];
  version: number;
  createdAt: string;
}
