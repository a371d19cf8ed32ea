import { NO_TENANT, type ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { and, count, eq, inArray, sql } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { giverOf } from '../granting.ts';
import { matchesAny, withinCap } from '../patterns.ts';
import { People } from '../providers/port.ts';
import { deniesHolding, isValid, riskWithin } from '../rules.ts';
import { isOwn, type ItemState } from './rules.ts';
import type { AccessReview, ReviewItem } from './schemas.ts';
import { accessReviews, reviewItems, type ItemRow, type ReviewRow } from './tables.ts';

/** What the caller may do with reviews, besides what they are asked about. */
export interface Standing {
  me: string;
  /** Sees all of them. */
  reads: boolean;
  /** Decides on whatever is not their own. */
  decides: boolean;
  starts: boolean;
}

/** The Gate lets everybody to what they are asked about, so what it would refuse beyond that is looked at here. */
export const standingOf = (ctx: ReadContext): Promise<Standing> =>
  ctx.once('standing in reviews', async () => {
    const { id, ownerId, kind, permissionCap, limitedTo } = ctx.actor;
    if (ctx.tenantId === NO_TENANT || ownerId !== undefined || kind === 'agent' || limitedTo !== undefined) return { me: id, reads: false, decides: false, starts: false }; // prettier-ignore
    const { rights, denies = [] } = await giverOf(ctx);
    const at = ctx.now();
    const holds = (permission: string, risk: 'read' | 'write'): boolean =>
      withinCap(permissionCap, permission) &&
      deniesHolding(denies, permission, at).length === 0 &&
      rights.some((right) => isValid(right, at) && 'all' in right.scope && riskWithin(risk, right.maxRisk) && matchesAny(right.patterns, permission));
    return { me: id, reads: holds('accessReviews:read', 'read'), decides: holds('accessReviews:decide', 'write'), starts: holds('accessReviews:start', 'write') }; // prettier-ignore
  });

const asked = ({ me }: Standing) => sql`${reviewItems.reviewerIds} @> array[${me}::uuid]`;

/** Reviews that the caller may look at: all of them who may read them, else those in which they are asked. */
export async function visibleReviews(ctx: ReadContext) {
  const standing = await standingOf(ctx);
  const here = eq(accessReviews.tenantId, ctx.tenantId);
  if (standing.reads || standing.decides) return here;
  if (!isUuid(standing.me)) return and(here, sql`false`);
  return and(here, sql`exists (select from ${reviewItems} where ${reviewItems.tenantId} = ${accessReviews.tenantId} and ${reviewItems.reviewId} = ${accessReviews.id} and ${asked(standing)})`); // prettier-ignore
}

/** Throws `not-found`. */
export async function findReview(ctx: ReadContext, id: string, lock = false): Promise<ReviewRow> {
  const query = ctx.db.select().from(accessReviews).where(and(await visibleReviews(ctx), eq(accessReviews.id, id))); // prettier-ignore
  const [row] = await (lock ? query.for('update') : query);
  if (!row) throw new Problem('not-found', 'There is no such access review in this tenant that you may see.');
  return row;
}

/** Items that the caller may look at: all of the review who may read reviews, else those that they are asked about. */
export async function visibleItems(ctx: ReadContext, reviewId: string) {
  const standing = await standingOf(ctx);
  const ofReview = and(eq(reviewItems.tenantId, ctx.tenantId), eq(reviewItems.reviewId, reviewId));
  return standing.reads || standing.decides ? ofReview : and(ofReview, asked(standing));
}

/** Items that wait for the caller. */
export const minePending = (standing: Standing) =>
  and(eq(reviewItems.state, 'open'), asked(standing), sql`${reviewItems.subjectId}::text <> ${standing.me}`);

export async function reviewsView(ctx: ReadContext, rows: readonly ReviewRow[]): Promise<AccessReview[]> {
  if (rows.length === 0) return [];
  const standing = await standingOf(ctx);
  const ids = rows.map(({ id }) => id);
  const counted = await ctx.db
    .select({ reviewId: reviewItems.reviewId, state: reviewItems.state, n: count(), unused: sql<number>`count(*) filter (where ${reviewItems.unused})::int`, mine: sql<number>`count(*) filter (where ${minePending(standing)})::int` })
    .from(reviewItems)
    .where(and(eq(reviewItems.tenantId, ctx.tenantId), inArray(reviewItems.reviewId, ids)))
    .groupBy(reviewItems.reviewId, reviewItems.state);
  return rows.map((row) => {
    const own = counted.filter(({ reviewId }) => reviewId === row.id);
    const counts = Object.fromEntries(own.map(({ state, n }) => [state, n])) as Partial<Record<ItemState, number>>;
    const sum = (of: (one: (typeof own)[number]) => number): number => own.reduce((total, one) => total + of(one), 0);
    return {
      id: row.id, name: row.name, state: row.state, startedBy: row.startedByName, reviewers: row.reviewers, dueAt: row.dueAt.toISOString(), createdAt: row.createdAt.toISOString(),
      closedAt: row.closedAt?.toISOString() ?? null, reason: row.reason, counts: { open: 0, kept: 0, asked: 0, revoked: 0, changed: 0, gone: 0, excused: 0, ...counts },
      unused: sum(({ unused }) => unused), mine: row.state === 'open' ? sum(({ mine }) => mine) : 0, actions: { cancel: standing.starts && row.state === 'open' },
    };
  });
} // prettier-ignore

/** May the caller say what becomes of it? */
export const mayDecide = ({ me, decides }: Standing, item: Pick<ItemRow, 'reviewerIds' | 'subjectId' | 'answerableId'>): boolean =>
  !isOwn(item, me) && (decides || item.reviewerIds.includes(me));

export async function itemsView(ctx: ReadContext, review: ReviewRow, rows: readonly ItemRow[]): Promise<ReviewItem[]> {
  const standing = await standingOf(ctx);
  const people = await ctx.provider(People).named(ctx.db, ctx.tenantId, [...new Set(rows.flatMap(({ reviewerIds }) => reviewerIds))]);
  const time = (at: Date | null): string | null => at?.toISOString() ?? null;
  return rows.map((row) => {
    const decide = review.state === 'open' && (row.state === 'open' || row.state === 'kept') && ctx.actor.kind === 'user' && mayDecide(standing, row);
    return {
      id: row.id, kind: row.kind, refId: row.refId, subject: { id: row.subjectId, name: row.subjectName, email: row.subjectEmail, machine: row.machine }, holding: row.holding, roleId: row.roleId, scope: row.scope,
      validUntil: time(row.validUntil), givenBy: row.givenByName, givenAt: row.givenAt.toISOString(), lastUsedAt: time(row.lastUsedAt), unused: row.unused, lookedBackDays: row.lookedBackDays,
      unusedPermissions: row.unusedPermissions, toxic: row.toxic, proposal: row.unused || row.toxic.length > 0 ? 'revoke' as const : 'keep' as const,
      reviewers: row.reviewerIds.map((id) => ({ id, name: people.get(id)?.name ?? 'A former member' })), state: row.state, verdict: row.verdict, comment: row.comment, decidedBy: row.decidedByName,
      decidedAt: time(row.decidedAt), change: row.changeId && row.changeNumber ? { id: row.changeId, number: row.changeNumber } : null, problem: row.problem,
      actions: { decide, change: decide && row.kind === 'grant' },
    };
  });
} // prettier-ignore
