import type { Answer, Item } from '#lib/answers.ts';

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

export type ApiKey = Item<'apiKeys.list'>;
/** With the key itself, which is shown once. */
export type NewApiKey = Answer<'apiKeys.create', 201>;
export type ServiceAccount = Item<'serviceAccounts.list'>;
export type Member = Item<'members.list'>;
export type Invitation = Item<'invitations.list'>;
export type Role = Item<'roles.list'>;
export type RoleDetail = Answer<'roles.get'>;
export type Permission = Item<'permissions.list'>;
export type Grant = Item<'grants.list'>;
export type Group = Item<'groups.list'>;
