import { compact, oneOf, textOf, type RawSearch } from '#lib/search.ts';

const VIEWS = ['list', 'ladder'] as const;
export interface RolesSearch {
  view?: (typeof VIEWS)[number];
}
export const rolesSearch = (raw: RawSearch): RolesSearch => compact<RolesSearch>({ view: raw['view'] === 'ladder' ? 'ladder' : undefined });

const ROLE_TABS = ['permissions', 'patterns', 'members', 'details'] as const;
export interface RoleSearch {
  tab?: (typeof ROLE_TABS)[number];
}
export const roleSearch = (raw: RawSearch): RoleSearch => compact<RoleSearch>({ tab: oneOf(ROLE_TABS, raw['tab']) });

const KEY_TABS = ['keys', 'accounts'] as const;
export interface KeysSearch {
  tab?: (typeof KEY_TABS)[number];
  /** Keys of everybody, for those who may see them. */
  all?: boolean;
  /** Id of the service account whose details are open. */
  account?: string;
}
export const keysSearch = (raw: RawSearch): KeysSearch =>
  compact<KeysSearch>({ tab: raw['tab'] === 'accounts' ? 'accounts' : undefined, all: raw['all'] === true, account: textOf(raw['account'], 36) });
