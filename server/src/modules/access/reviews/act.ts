import { and, asc, eq, isNull, ne, sql } from '#kernel/drizzle.ts';
import type { TenantJob } from '#kernel/module.ts';
import { asProblem } from '#kernel/problem.ts';
import type { WorkContext } from '#kernel/work.ts';
import { ReviewActs, type ReviewAct } from '../providers/port.ts';
import { unended } from '../rights.ts';
import { grants } from '../tables.ts';
import { accessReviews, reviewItems, type ItemRow } from './tables.ts';

/** Verdicts carried out in one minute, per tenant; the rest follows in the next. */
const AT_ONCE = 200;

interface Ripe {
  item: ItemRow;
  review: string;
}

async function ripe({ db, tenantId }: WorkContext): Promise<Ripe[]> {
  const open = and(eq(reviewItems.tenantId, tenantId), eq(reviewItems.state, 'asked'), isNull(reviewItems.handedAt));
  return db
    .select({ item: reviewItems, review: accessReviews.name })
    .from(reviewItems)
    .innerJoin(accessReviews, and(eq(accessReviews.tenantId, reviewItems.tenantId), eq(accessReviews.id, reviewItems.reviewId), ne(accessReviews.state, 'cancelled')))
    .where(open)
    .orderBy(asc(reviewItems.decidedAt), asc(reviewItems.id))
    .limit(AT_ONCE);
} // prettier-ignore

/** All grants of the person as they are to be: with this one as it was said, and nothing else touched. */
async function changedSet({ db, tenantId, now }: WorkContext, { subjectId, refId, wanted }: ItemRow) {
  const held = await db.select().from(grants).where(and(eq(grants.tenantId, tenantId), eq(grants.subjectId, subjectId), unended(now()))).orderBy(asc(grants.id)); // prettier-ignore
  return held.map((row) => {
    const { roleId, scope, validUntil } = row.id === refId ? wanted! : { roleId: row.roleId, scope: row.scope, validUntil: row.validUntil?.toISOString() ?? null };
    return { roleId, scope, ...(validUntil === null ? {} : { validUntil }) };
  });
} // prettier-ignore

async function actOf(job: TenantJob, { item, review }: Ripe): Promise<ReviewAct> {
  if (item.verdict !== 'change') return { kind: item.kind, id: item.refId };
  return { kind: 'grants', subjectId: item.subjectId, grants: await job.tx((ctx) => changedSet(ctx, item)), reason: `Access review: ${review}`.slice(0, 500) }; // prettier-ignore
}

const same = ({ tenantId, id, decisionId }: ItemRow) =>
  and(eq(reviewItems.tenantId, tenantId), eq(reviewItems.id, id), eq(reviewItems.decisionId, decisionId!), eq(reviewItems.state, 'asked'));

/** Who gave it has made as many calls as they may for now. */
const WAITS = 429;

/** Hands one verdict to the Gate as the person who gave it; `later` when they are at their limit. What is refused waits for another verdict, or for the end of the review. */
async function carryOut(job: TenantJob, ripeItem: Ripe): Promise<'later' | undefined> {
  const { item, review } = ripeItem;
  const by = { tenantId: job.tenantId, personId: item.decidedBy!, session: item.decidedIn, comment: `Access review "${review}"${item.comment ? `: ${item.comment}` : ''}`, key: `access-review ${item.decisionId}` };
  const at = job.now();
  try {
    const { done, change } = await job.provider(ReviewActs).take(by, await actOf(job, ripeItem));
    const told = { handedAt: at, changeId: change?.id ?? null, changeNumber: change?.number ?? null, updatedAt: at };
    const ended = done ? { state: item.verdict === 'change' ? ('changed' as const) : ('revoked' as const), endedAt: at } : {};
    await job.tx(({ db }) => db.update(reviewItems).set({ ...told, ...ended }).where(same(item)));
  } catch (error) {
    const problem = asProblem(error);
    // Ours, not theirs: it is tried again in a minute.
    if (problem.kind.status >= 500) throw error;
    if (problem.kind.status === WAITS) return 'later';
    await job.tx(({ db }) => db.update(reviewItems).set({ state: 'open', problem: problem.message, updatedAt: at }).where(same(item)));
  }
  return undefined;
} // prettier-ignore

/** Carries verdicts out. A fault of one does not keep the others from theirs; of whoever is at their limit the rest waits for the next minutes. */
export async function carryOutVerdicts(job: TenantJob): Promise<void> {
  const faults: unknown[] = [];
  const resting = new Set<string>();
  for (const one of await job.tx(ripe)) {
    const by = one.item.decidedBy!;
    if (resting.has(by)) continue;
    const outcome = await carryOut(job, one).catch((error: unknown) => void faults.push(error));
    if (outcome === 'later') resting.add(by);
  }
  if (faults.length > 0) throw new AggregateError(faults, 'some verdicts of access reviews could not be carried out');
}

/** The Change that came of a verdict has done it. */
export async function settled(ctx: WorkContext, { changeId }: Record<string, unknown>): Promise<void> {
  if (typeof changeId !== 'string') return;
  const waiting = and(eq(reviewItems.tenantId, ctx.tenantId), eq(reviewItems.changeId, changeId), eq(reviewItems.state, 'asked'));
  const state = sql`case ${reviewItems.verdict} when 'change' then 'changed' else 'revoked' end`;
  await ctx.db.update(reviewItems).set({ state, endedAt: ctx.now(), updatedAt: ctx.now() }).where(waiting); // prettier-ignore
}

/** A Change that came of a verdict ended without having done it: the holding is open again, and says so. */
export async function reopen(ctx: WorkContext, data: Record<string, unknown>, state: string): Promise<void> {
  const { changeId, number } = data;
  if (typeof changeId !== 'string') return;
  const waiting = and(eq(reviewItems.tenantId, ctx.tenantId), eq(reviewItems.changeId, changeId), eq(reviewItems.state, 'asked'));
  const problem = `${typeof number === 'string' ? number : 'The Change'} is ${state}.`;
  await ctx.db.update(reviewItems).set({ state: 'open', changeId: null, changeNumber: null, problem, updatedAt: ctx.now() }).where(waiting); // prettier-ignore
}
