import type { Context } from '#kernel/context.ts';
import { and, asc, eq, inArray } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { findRole, requireGroups } from '../granting.ts';
import { isOwn, type Verdict } from './rules.ts';
import { findReview, mayDecide, standingOf, visibleItems } from './store.ts';
import { reviewDecisions, reviewItems, type ItemRow, type ReviewRow, type WantedTerms } from './tables.ts';

export interface Said {
  id: string;
  itemIds: readonly string[];
  verdict: Verdict;
  comment?: string | undefined;
  to?: WantedTerms | undefined;
}

const invalid = (pointer: string, message: string): Problem => new Problem('validation-failed', message, { errors: [{ pointer, message }] });

/** A stolen key must not be able to take rights from people, nor to keep its own alive. */
function requireSession({ actor }: Context): string {
  if (actor.kind === 'user' && actor.credentialId !== null) return actor.credentialId;
  throw new Problem('session-required', 'A review is decided on by a person who is signed in; neither an API key nor an agent may do it.');
}

async function requireTerms(ctx: Context, { verdict, to }: Said): Promise<void> {
  if (verdict !== 'change') {
    if (to) throw invalid('/to', 'Only a change says what the grant becomes.');
    return;
  }
  if (!to) throw invalid('/to', 'Say what the grant becomes.');
  const role = await findRole(ctx, to.roleId);
  if (!role.assignable) throw invalid('/to/roleId', `The role ${role.key} is not given by a grant; it changes hands by transfer only.`);
  await requireGroups(ctx, to.scope, '/to/scope');
}

async function openItems(ctx: Context, { id, itemIds, verdict }: Said): Promise<ItemRow[]> {
  const wanted = and(await visibleItems(ctx, id), inArray(reviewItems.id, [...itemIds]));
  const rows = await ctx.db.select().from(reviewItems).where(wanted).orderBy(asc(reviewItems.id)).for('update'); // prettier-ignore
  if (rows.length < new Set(itemIds).size) throw new Problem('not-found', 'Not all of these holdings are in this review, or you are not asked about all of them.');
  const standing = await standingOf(ctx);
  for (const row of rows) {
    if (isOwn(row, standing.me)) throw new Problem('self-review-forbidden', `Nobody decides on their own rights: ${row.holding} of ${row.subjectName}.`);
    if (!mayDecide(standing, row)) throw new Problem('permission-denied', `You may look at it, but are not asked about ${row.holding} of ${row.subjectName}. Ask for accessReviews:decide over everything.`);
    if (row.state !== 'open' && row.state !== 'kept') throw new Problem('invalid-transition', `${row.holding} of ${row.subjectName} is ${row.state} already.`, { state: row.state });
    if (verdict === 'change' && row.kind !== 'grant') throw invalid('/verdict', 'Keys and agents are kept or ended, not changed.');
  }
  return rows;
} // prettier-ignore

/** Notes what a reviewer says of some holdings. What is kept is done with; what is not is handed to the Gate within a minute. */
export async function decide(ctx: Context, said: Said): Promise<{ review: ReviewRow; items: ItemRow[] }> {
  const session = requireSession(ctx);
  const { verdict, comment = null, to = null } = said;
  // Held, so that it is neither closed nor given up while somebody decides.
  const review = await findReview(ctx, said.id, true);
  if (review.state !== 'open') throw new Problem('invalid-transition', `The review is ${review.state}.`, { state: review.state });
  await requireTerms(ctx, said);
  const rows = await openItems(ctx, said);
  const at = ctx.now();
  const items: ItemRow[] = [];
  for (const row of rows) {
    const decision = { tenantId: ctx.tenantId, id: newId(), itemId: row.id, verdict, comment, decidedBy: ctx.actor.id, decidedByName: ctx.actor.name, createdAt: at };
    await ctx.db.insert(reviewDecisions).values(decision);
    const state = verdict === 'keep' ? ('kept' as const) : ('asked' as const);
    const patch = { state, verdict, comment, wanted: to, decisionId: decision.id, decidedBy: ctx.actor.id, decidedByName: ctx.actor.name, decidedIn: session, decidedAt: at, handedAt: null, changeId: null, changeNumber: null, problem: null, updatedAt: at };
    const [item] = await ctx.db.update(reviewItems).set(patch).where(and(eq(reviewItems.tenantId, ctx.tenantId), eq(reviewItems.id, row.id))).returning();
    items.push(item!);
  }
  ctx.emit('accessReview.decided', { reviewId: review.id, verdict, items: items.map(({ id }) => id), by: ctx.actor.id });
  return { review, items };
} // prettier-ignore
