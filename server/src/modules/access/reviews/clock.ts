import { and, asc, count, eq, inArray, isNull, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { TenantJob } from '#kernel/module.ts';
import type { WorkContext } from '#kernel/work.ts';
import { ReviewActs, RightsChanged, type HeldCredential } from '../providers/port.ts';
import { hasOtherOwner } from '../granting.ts';
import { tellRoles } from '../telling.ts';
import { grants, roles } from '../tables.ts';
import { OWNER } from '../system-roles.ts';
import { carryOutVerdicts } from './act.ts';
import { clockEntry } from './entry.ts';
import { quarterOf, reminderDue } from './rules.ts';
import { planOf, startReview } from './start.ts';
import { accessReviews, reviewDecisions, reviewItems, type ItemRow, type ReviewRow } from './tables.ts';

/** Ended by the clock in one minute, per tenant; the rest follows in the next. */
const AT_ONCE = 200;
/** As many as module oauth tells of. */
const LISTED_AGENTS = 500;
const NOBODY = 'Nobody decided in time';

const ofReview = ({ tenantId, id }: ReviewRow) => and(eq(reviewItems.tenantId, tenantId), eq(reviewItems.reviewId, id));

/** What has ended meanwhile: by the Change that a verdict led to, or elsewhere. */
async function noteEnds({ db, tenantId, now }: WorkContext, review: ReviewRow, credentials: readonly HeldCredential[]): Promise<void> {
  const live = sql`exists (select from ${grants} g where g.tenant_id = ${tenantId} and g.id = ${reviewItems.refId} and g.revoked_at is null and (g.valid_until is null or g.valid_until > ${now()}))`;
  const alive = credentials.map(({ id }) => id);
  // Of more agents than are listed, one that is not in the list may be alive all the same.
  const all = credentials.filter(({ kind }) => kind === 'agent').length < LISTED_AGENTS;
  const listed = sql`${reviewItems.refId} = any(${sql.param(alive)}::uuid[])`;
  const over = sql`case ${reviewItems.kind} when 'grant' then not ${live} when 'agent' then ${all}::boolean and not (${listed}) else not (${listed}) end`;
  const state = sql`case when ${reviewItems.state} = 'asked' and ${reviewItems.verdict} = 'change' then 'changed' when ${reviewItems.state} = 'asked' then 'revoked' else 'gone' end`;
  await db.update(reviewItems).set({ state, endedAt: now(), updatedAt: now() }).where(and(ofReview(review), inArray(reviewItems.state, ['open', 'asked']), over));
} // prettier-ignore

/** The review as it is now, held until the transaction ends; undefined once it is over. Another process may be at it, or somebody gives it up. */
async function stillOpen({ db, tenantId }: WorkContext, { id }: ReviewRow): Promise<ReviewRow | undefined> {
  const mine = and(eq(accessReviews.tenantId, tenantId), eq(accessReviews.id, id), eq(accessReviews.state, 'open'));
  const [row] = await db.select().from(accessReviews).where(mine).for('update');
  return row;
}

async function remind(ctx: WorkContext, review: ReviewRow): Promise<void> {
  const step = reminderDue(review, ctx.now());
  if (!step) return;
  await ctx.db.update(accessReviews).set({ reminders: step, updatedAt: ctx.now() }).where(and(eq(accessReviews.tenantId, ctx.tenantId), eq(accessReviews.id, review.id))); // prettier-ignore
  const open = await ctx.db.select({ subjectId: reviewItems.subjectId, reviewerIds: reviewItems.reviewerIds }).from(reviewItems).where(and(ofReview(review), eq(reviewItems.state, 'open'))); // prettier-ignore
  if (open.length === 0) return;
  const told = { reviewId: review.id, name: review.name, dueAt: review.dueAt.toISOString(), step };
  ctx.emit('accessReview.reminder', { ...told, recipients: [...new Set(open.flatMap(({ reviewerIds }) => reviewerIds))] });
  // Whoever is about to lose a right can still say so.
  if (step === 2) ctx.emit('accessReview.warning', { ...told, recipients: [...new Set(open.map(({ subjectId }) => subjectId))] });
}

/** Is this an ownership of the whole tenant, and the last one? Whoever looks holds the role, so that no two go at once. */
async function isLastOwner(ctx: WorkContext, { refId, roleId }: ItemRow): Promise<boolean> {
  const { db, tenantId } = ctx;
  const [owner] = await db.select({ id: roles.id }).from(roles).where(and(eq(roles.tenantId, tenantId), eq(roles.key, OWNER))).for('update'); // prettier-ignore
  return owner?.id === roleId && !(await hasOtherOwner(ctx, { id: refId, roleId: owner.id }));
}

async function settle(ctx: WorkContext, item: ItemRow, patch: Partial<ItemRow>): Promise<void> {
  const mine = and(eq(reviewItems.tenantId, ctx.tenantId), eq(reviewItems.id, item.id), eq(reviewItems.state, 'open'));
  await ctx.db.update(reviewItems).set({ ...patch, endedAt: ctx.now(), updatedAt: ctx.now() }).where(mine); // prettier-ignore
}

/** Takes a holding that nobody answered for, in the trail and told of as by hand. The last owner stays. */
async function endItem(ctx: WorkContext, review: ReviewRow, item: ItemRow): Promise<void> {
  const at = ctx.now();
  if (item.kind === 'grant') {
    if (await isLastOwner(ctx, item)) return settle(ctx, item, { state: 'excused', problem: 'The last owner stays.' });
    const live = and(eq(grants.tenantId, ctx.tenantId), eq(grants.id, item.refId), isNull(grants.revokedAt));
    const { rowCount } = await ctx.db.update(grants).set({ revokedAt: at, updatedAt: at }).where(live);
    if (rowCount !== 1) return settle(ctx, item, { state: 'gone' });
    ctx.provider(RightsChanged).changing(ctx.tenantId);
    const [role] = await ctx.db.select({ key: roles.key }).from(roles).where(and(eq(roles.tenantId, ctx.tenantId), eq(roles.id, item.roleId!))); // prettier-ignore
    ctx.emit('grant.revoked', { grantId: item.refId, subjectId: item.subjectId, role: role?.key ?? item.holding, reviewId: review.id });
    await tellRoles(ctx, [item.subjectId]);
  } else {
    const told = { userId: item.subjectId, by: ctx.actor.id, reviewId: review.id };
    if (item.kind === 'apiKey') ctx.emit('apiKey.revoked', { keyId: item.refId, ...told });
    else ctx.emit('agent.disconnected', { agentId: item.refId, name: item.holding, ...told });
  }
  await ctx.db.insert(reviewDecisions).values({ tenantId: ctx.tenantId, id: newId(), itemId: item.id, verdict: 'revoke', comment: NOBODY, decidedBy: null, decidedByName: 'The clock', createdAt: at }); // prettier-ignore
  await ctx.provider(ReviewActs).audit(ctx.db, clockEntry(ctx, review, item));
  await settle(ctx, item, { state: 'revoked', verdict: 'revoke', comment: NOBODY, decidedByName: 'The clock', decidedAt: at });
}

/** Once its time is over: ends what nobody answered for, and closes the review when nothing waits any more. */
async function finish(ctx: WorkContext, known: ReviewRow): Promise<ItemRow[]> {
  const review = await stillOpen(ctx, known);
  if (!review) return [];
  const over = review.dueAt <= ctx.now();
  const open = over ? await ctx.db.select().from(reviewItems).where(and(ofReview(review), eq(reviewItems.state, 'open'))).orderBy(asc(reviewItems.id)).limit(AT_ONCE).for('update') : []; // prettier-ignore
  for (const item of open) if (item.kind === 'grant') await endItem(ctx, review, item);
  const [left] = await ctx.db.select({ n: count() }).from(reviewItems).where(and(ofReview(review), inArray(reviewItems.state, ['open', 'asked']))); // prettier-ignore
  const credentials = open.filter(({ kind }) => kind !== 'grant');
  if (left!.n > 0 || !over) return credentials;
  const mine = and(eq(accessReviews.tenantId, ctx.tenantId), eq(accessReviews.id, review.id));
  await ctx.db.update(accessReviews).set({ state: 'closed', closedAt: ctx.now(), updatedAt: ctx.now() }).where(mine);
  ctx.emit('accessReview.closed', { reviewId: review.id, name: review.name, recipients: review.startedBy ? [review.startedBy] : [] });
  return [];
}

/** Keys and agents end in transactions of their own, and are noted when they have. */
async function endCredentials(job: TenantJob, review: ReviewRow, items: readonly ItemRow[]): Promise<void> {
  for (const item of items) {
    if (item.kind === 'grant') continue;
    const ended = await job.provider(ReviewActs).endCredential(job.tenantId, item.kind, item.refId);
    await job.tx(async (ctx) => (ended ? endItem(ctx, review, item) : settle(ctx, item, { state: 'gone' })));
  }
}

async function begin(job: TenantJob): Promise<void> {
  const quarter = quarterOf(job.now());
  const plan = await job.tx(async (ctx) => {
    const known = await planOf(ctx);
    if (known.every === 'never') return undefined;
    const [there] = await ctx.db.select({ id: accessReviews.id }).from(accessReviews).where(and(eq(accessReviews.tenantId, ctx.tenantId), eq(accessReviews.quarter, quarter))); // prettier-ignore
    return there ? undefined : known;
  });
  if (!plan) return;
  const { credentials, answering } = job.provider(ReviewActs);
  const held = { credentials: await credentials(job.tenantId), answering: await answering(job.tenantId) };
  const { reviewers, reviewerIds, days } = plan;
  const wish = { name: `Access review ${quarter}`, reviewers, reviewerIds, days, startedBy: { id: null, name: 'The clock' }, quarter };
  await job.tx((ctx) => startReview(ctx, wish, held));
}

async function tend(job: TenantJob, review: ReviewRow, credentials: readonly HeldCredential[]): Promise<void> {
  await job.tx(async (ctx) => {
    const now = await stillOpen(ctx, review);
    if (!now) return;
    await noteEnds(ctx, now, credentials);
    await remind(ctx, now);
  });
  await endCredentials(job, review, await job.tx((ctx) => finish(ctx, review)));
}

/** Every minute: begins the review of a quarter, carries verdicts out, reminds, and ends what nobody answered for. One fault stops nothing else. */
export async function tickReviews(job: TenantJob): Promise<void> {
  const faults: unknown[] = [];
  const attempt = (work: Promise<void>): Promise<void> => work.catch((error: unknown) => void faults.push(error));
  await attempt(begin(job));
  const open = await job.tx(({ db, tenantId }) => db.select().from(accessReviews).where(and(eq(accessReviews.tenantId, tenantId), eq(accessReviews.state, 'open')))); // prettier-ignore
  if (open.length > 0) {
    await attempt(carryOutVerdicts(job));
    const credentials = await job.provider(ReviewActs).credentials(job.tenantId);
    for (const review of open) await attempt(tend(job, review, credentials));
  }
  if (faults.length > 0) throw new AggregateError(faults, 'some work of access reviews failed');
}
