import type { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { quarterOf } from './rules.ts';
import type { ReviewPlan } from './schemas.ts';
import { planOf } from './start.ts';
import { accessReviews } from './tables.ts';

/** The first moment of the next quarter, in UTC. */
const nextQuarter = (at: Date): Date => new Date(Date.UTC(at.getUTCFullYear(), 3 * Math.floor(at.getUTCMonth() / 3) + 3, 1));

/** Of a quarter that has none yet, the review begins within a minute. */
export async function planView(ctx: ReadContext): Promise<z.input<typeof ReviewPlan>> {
  const { every, reviewers, reviewerIds, days, version } = await planOf(ctx);
  const at = ctx.now();
  const [there] = await ctx.db.select({ id: accessReviews.id }).from(accessReviews).where(and(eq(accessReviews.tenantId, ctx.tenantId), eq(accessReviews.quarter, quarterOf(at)))); // prettier-ignore
  return { every, reviewers, reviewerIds, days, version, nextAt: every === 'never' ? null : (there ? nextQuarter(at) : at).toISOString() };
}
