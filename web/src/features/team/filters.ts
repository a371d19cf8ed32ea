import type { Query } from '#lib/api.ts';
import { compact, oneOf, textOf, type Loose, type RawSearch } from '#lib/search.ts';

const SORTS = ['name', '-name', 'joinedAt', '-joinedAt', 'lastLoginAt', '-lastLoginAt'] as const;
export const STATUSES = ['active', 'suspended'] as const;
const YES_NO = ['yes', 'no'] as const;
const TABS = ['members', 'invitations'] as const;
export const INVITATION_STATES = ['pending', 'accepted', 'expired', 'revoked'] as const;

/** What of the team is shown, as it stands in the address. */
export interface TeamSearch {
  tab?: (typeof TABS)[number];
  q?: string;
  /** Key of a role. */
  role?: string;
  status?: (typeof STATUSES)[number];
  /** Whether a second factor is set up. */
  mfa?: (typeof YES_NO)[number];
  /** Only who has not signed in yet. */
  never?: boolean;
  sort?: (typeof SORTS)[number];
  /** State of the invitations shown; the open ones when left out. */
  state?: (typeof INVITATION_STATES)[number];
  /** The member whose details are open. */
  member?: string;
}

export const teamSearch = (raw: RawSearch): TeamSearch =>
  compact<TeamSearch>({
    tab: raw['tab'] === 'invitations' ? 'invitations' : undefined,
    q: textOf(raw['q'], 100),
    role: textOf(raw['role'], 50),
    status: oneOf(STATUSES, raw['status']),
    mfa: oneOf(YES_NO, raw['mfa']),
    never: raw['never'] === true,
    sort: oneOf(SORTS, raw['sort']),
    state: oneOf(INVITATION_STATES, raw['state']),
    member: textOf(raw['member'], 36),
  });

/** The same as the list's parameters. */
export const membersQuery = ({ q, role, status, mfa, never, sort }: TeamSearch): Query => ({
  search: q,
  role,
  status,
  mfa: mfa === undefined ? undefined : mfa === 'yes',
  neverSignedIn: never ? true : undefined,
  sort: sort ?? 'name',
});

export const chosen = (search: TeamSearch, next: Loose<TeamSearch>): TeamSearch => compact<TeamSearch>({ ...search, ...next });
export const isFiltered = ({ q, role, status, mfa, never }: TeamSearch): boolean => Boolean(q || role || status || mfa || never);
