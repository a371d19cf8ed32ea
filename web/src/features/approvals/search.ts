import { compact, oneOf, type RawSearch } from '#lib/search.ts';

/** What the addresses of these pages say: kept apart from the pages, since routes read it before any of them is fetched. */
export const REQUEST_STATES = ['pending', 'partially_approved', 'approved', 'rejected', 'expired', 'cancelled', 'superseded', 'revoked'] as const;
export const INBOXES = ['assigned', 'requested', 'all'] as const;
export const ACTS = ['approve', 'reject', 'delegate', 'revoke', 'escalate', 'cancel'] as const;

export interface ApprovalsSearch {
  inbox?: (typeof INBOXES)[number];
  status?: (typeof REQUEST_STATES)[number];
}
export const inboxSearch = (raw: RawSearch): ApprovalsSearch =>
  compact<ApprovalsSearch>({ inbox: oneOf(INBOXES, raw['inbox']), status: oneOf(REQUEST_STATES, raw['status']) });

export interface ApprovalSearch {
  /** Opens this question at once. */
  act?: (typeof ACTS)[number];
}
export const requestSearch = (raw: RawSearch): ApprovalSearch => compact<ApprovalSearch>({ act: oneOf(ACTS, raw['act']) });
