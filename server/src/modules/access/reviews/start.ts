import { eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { WorkContext } from '#kernel/work.ts';
import { gather, type Held, type Place } from './gather.ts';
import type { ReviewerKind } from './rules.ts';
import { accessReviews, reviewItems, reviewPlans, type PlanRow, type ReviewRow } from './tables.ts';

const DAY_MS = 86_400_000;
/** Rows of one statement: each has some thirty values, and a statement takes 65,535. */
const CHUNK = 1_000;

export interface Wish {
  name: string;
  reviewers: ReviewerKind;
  reviewerIds: readonly string[];
  days: number;
  startedBy: { id: string | null; name: string };
  quarter: string | null;
}

/** Begins a review with an item for everything that is held at this moment, and tells whoever is asked. Undefined when the quarter has one. */
export async function startReview(ctx: Place & Pick<WorkContext, 'emit'>, wish: Wish, held: Held): Promise<ReviewRow | undefined> {
  const at = ctx.now();
  const { name, reviewers, reviewerIds, days, startedBy, quarter } = wish;
  const [review] = await ctx.db
    .insert(accessReviews)
    .values({ tenantId: ctx.tenantId, id: newId(), name, state: 'open', startedBy: startedBy.id, startedByName: startedBy.name, reviewers, reviewerIds: [...reviewerIds], dueAt: new Date(at.getTime() + days * DAY_MS), quarter, createdAt: at, updatedAt: at })
    .onConflictDoNothing()
    .returning();
  if (!review) return undefined;
  const items = await gather(ctx, review, held);
  for (let from = 0; from < items.length; from += CHUNK) await ctx.db.insert(reviewItems).values(items.slice(from, from + CHUNK));
  const recipients = [...new Set(items.flatMap((item) => (item.state === 'open' ? item.reviewerIds : [])))];
  ctx.emit('accessReview.started', { reviewId: review.id, name, items: items.length, by: startedBy.id, byName: startedBy.name, recipients });
  return review;
} // prettier-ignore

const NEVER: Omit<PlanRow, 'tenantId'> = { every: 'never', reviewers: 'givers', reviewerIds: [], days: 14, version: 0, updatedAt: new Date(0) };

/** Whether and how the clock begins reviews here; never, until somebody says otherwise. */
export async function planOf({ db, tenantId }: Pick<Place, 'db' | 'tenantId'>): Promise<Omit<PlanRow, 'tenantId'>> {
  const [row] = await db.select().from(reviewPlans).where(eq(reviewPlans.tenantId, tenantId));
  return row ?? NEVER;
}
