import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { People, ReviewActs } from '../providers/port.ts';
import type { ReviewerKind } from '../reviews/rules.ts';
import { AccessReview, ReviewFields } from '../reviews/schemas.ts';
import { startReview } from '../reviews/start.ts';
import { reviewsView } from '../reviews/store.ts';

/** Throws unless people are named where they are to be, and are active members. */
export async function requireReviewers(ctx: ReadContext, { reviewers, reviewerIds }: { reviewers: ReviewerKind; reviewerIds: readonly string[] }): Promise<void> {
  const wrong = (pointer: string, message: string) => new Problem('validation-failed', message, { errors: [{ pointer, message }] });
  if ((reviewers === 'named') !== reviewerIds.length > 0) throw wrong('/reviewerIds', reviewers === 'named' ? 'Name at least one person.' : 'Only where people are named.');
  const people = await ctx.provider(People).named(ctx.db, ctx.tenantId, reviewerIds);
  for (const [at, id] of reviewerIds.entries()) {
    const person = people.get(id);
    if (!person?.active || person.machine) throw wrong(`/reviewerIds/${at}`, 'No active person of this tenant.');
  }
} // prettier-ignore

export const accessReviewsStart = defineOperation({
  name: 'accessReviews.start',
  summary: 'Begin an access review',
  description:
    'Everything that anybody holds here at this moment is to be kept, changed or taken by somebody else. What nobody answers for when the time is over is taken; the last owner stays.',
  permission: 'accessReviews:start',
  risk: 'write',
  route: { method: 'POST', path: '/access-reviews' },
  input: z.object({
    name: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .meta({ title: 'Name', examples: ['Before the audit'] }),
    ...ReviewFields,
  }),
  output: AccessReview,
  targets: 'none',
  async plan(ctx, wish) {
    await requireReviewers(ctx, wish);
    return {
      summary: `Begin the access review "${wish.name}": what nobody answers for within ${wish.days} days is taken`,
      changes: [{ action: 'create', type: 'accessReview', name: wish.name, fields: [{ path: 'reviewers', after: wish.reviewers }, { path: 'days', after: wish.days }] }], // prettier-ignore
      reversible: 'Cancel the review before it is due. Rights that were taken are given again one by one.',
    };
  },
  async run(ctx, wish) {
    await requireReviewers(ctx, wish);
    const { credentials, answering } = ctx.provider(ReviewActs);
    const held = { credentials: await credentials(ctx.tenantId), answering: await answering(ctx.tenantId) };
    const review = await startReview(ctx, { ...wish, startedBy: { id: ctx.actor.ownerId ?? ctx.actor.id, name: ctx.actor.name }, quarter: null }, held); // prettier-ignore
    return (await reviewsView(ctx, [review!]))[0]!;
  },
});
