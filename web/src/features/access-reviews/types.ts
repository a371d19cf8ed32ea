import type { Scope } from '#features/settings/types.ts';
import type { Named } from '#lib/types.ts';

export const ITEM_STATES = ['open', 'kept', 'asked', 'revoked', 'changed', 'gone', 'excused'] as const;
export type ItemState = (typeof ITEM_STATES)[number];
export type Verdict = 'keep' | 'revoke' | 'change';
export type ReviewerKind = 'givers' | 'administrators' | 'named';

/** Answer of `accessReviews.get`. */
export interface AccessReview {
  id: string;
  name: string;
  state: 'open' | 'closed' | 'cancelled';
  startedBy: string;
  reviewers: ReviewerKind;
  dueAt: string;
  createdAt: string;
  closedAt: string | null;
  reason: string | null;
  counts: Record<ItemState, number>;
  unused: number;
  mine: number;
  actions: { cancel: boolean };
}

/** One holding of `accessReviews.items`. */
export interface ReviewItem {
  id: string;
  kind: 'grant' | 'apiKey' | 'agent';
  subject: Named & { email: string; machine: boolean };
  holding: string;
  roleId: string | null;
  scope: Scope | null;
  validUntil: string | null;
  givenBy: string | null;
  givenAt: string;
  lastUsedAt: string | null;
  unused: boolean;
  lookedBackDays: number;
  unusedPermissions: string[];
  toxic: string[];
  proposal: 'keep' | 'revoke';
  reviewers: Named[];
  state: ItemState;
  verdict: Verdict | null;
  comment: string | null;
  decidedBy: string | null;
  decidedAt: string | null;
  change: { id: string; number: string } | null;
  problem: string | null;
  actions: { decide: boolean; change: boolean };
}

/** Answer of `accessReviewPlan.get`. */
export interface ReviewPlan {
  every: 'never' | 'quarter';
  reviewers: ReviewerKind;
  reviewerIds: string[];
  days: number;
  version: number;
  nextAt: string | null;
}
