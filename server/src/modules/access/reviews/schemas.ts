import { z } from 'zod';
import { Scope } from '#kernel/scope.ts';
import { ITEM_STATES, REVIEW, REVIEWERS, VERDICTS } from './rules.ts';

const Time = z.iso.datetime();
const Who = z.object({ id: z.uuid(), name: z.string() });
export const ReviewId = z.uuid().meta({ title: 'Review' });

/** How a review is made. */
export const ReviewFields = {
  reviewers: z.enum(REVIEWERS).default('givers').meta({
    title: 'Who looks',
    help: 'Those who gave each right, the administrators, or people by name. Nobody looks at their own; where none of them can, the administrators do.',
  }),
  reviewerIds: z.array(z.uuid()).max(50).default([]).meta({ title: 'People by name' }),
  days: z
    .int()
    .min(REVIEW.leastDays)
    .max(REVIEW.mostDays)
    .default(REVIEW.days)
    .meta({ title: 'Days', help: 'What nobody answers for is taken then' }),
};

export const AccessReview = z.object({
  id: z.uuid(),
  name: z.string(),
  state: z.enum(['open', 'closed', 'cancelled']),
  startedBy: z.string(),
  reviewers: z.enum(REVIEWERS),
  dueAt: Time,
  createdAt: Time,
  closedAt: Time.nullable(),
  reason: z.string().nullable(),
  counts: z.record(z.enum(ITEM_STATES), z.int()),
  unused: z.int().meta({ help: 'Holdings that nothing shows a use of' }),
  mine: z.int().meta({ help: 'Holdings that wait for your verdict' }),
  actions: z.object({ cancel: z.boolean() }),
});
export type AccessReview = z.infer<typeof AccessReview>;

export const ReviewItem = z.object({
  id: z.uuid(),
  kind: z.enum(['grant', 'apiKey', 'agent']),
  refId: z.uuid(),
  subject: Who.extend({ email: z.string(), machine: z.boolean() }),
  holding: z.string().meta({ help: 'Role, or name of the key or agent' }),
  roleId: z.uuid().nullable(),
  scope: Scope.nullable(),
  validUntil: Time.nullable(),
  givenBy: z.string().nullable(),
  givenAt: Time,
  lastUsedAt: Time.nullable(),
  unused: z.boolean(),
  lookedBackDays: z.int(),
  unusedPermissions: z.array(z.string()).meta({ help: 'Writes that the role holds and that this grant let through in none of these days' }),
  toxic: z.array(z.string()),
  proposal: z.enum(['keep', 'revoke']),
  reviewers: z.array(Who),
  state: z.enum(ITEM_STATES),
  verdict: z.enum(VERDICTS).nullable(),
  comment: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: Time.nullable(),
  change: z.object({ id: z.uuid(), number: z.string() }).nullable(),
  problem: z.string().nullable(),
  actions: z.object({ decide: z.boolean(), change: z.boolean() }),
});
export type ReviewItem = z.infer<typeof ReviewItem>;

export const ReviewPlan = z.object({
  every: z.enum(['never', 'quarter']),
  reviewers: z.enum(REVIEWERS),
  reviewerIds: z.array(z.uuid()),
  days: z.int(),
  version: z.int(),
  nextAt: Time.nullable(),
});
