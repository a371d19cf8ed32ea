import { and, eq, inArray, isNull, lt } from '#kernel/drizzle.ts';
import type { DeliveredEvent } from '#kernel/module.ts';
import type { WorkContext } from '#kernel/work.ts';
import { KEPT_DAYS } from './rules.ts';
import { deliveries, notifications, preferences, slackActions, slackLinks } from './tables.ts';

const DAY = 86_400_000;
/** Longer than all attempts of the outbox together: of what was handed over and never heard of again, nothing more comes. */
const SILENT_DAYS = 4;

/** Hourly: what is old goes, and what nobody will hear of any more is said to be lost. */
export async function sweep({ db, tenantId, now }: WorkContext): Promise<void> {
  const before = (days: number): Date => new Date(now().getTime() - days * DAY);
  await db.delete(deliveries).where(and(eq(deliveries.tenantId, tenantId), lt(deliveries.createdAt, before(KEPT_DAYS))));
  await db.delete(notifications).where(and(eq(notifications.tenantId, tenantId), lt(notifications.createdAt, before(KEPT_DAYS))));
  await db.delete(slackActions).where(and(eq(slackActions.tenantId, tenantId), lt(slackActions.createdAt, before(KEPT_DAYS))));
  const silent = and(inArray(deliveries.status, ['handed', 'delayed']), isNull(deliveries.settledAt), lt(deliveries.createdAt, before(SILENT_DAYS)));
  await db.update(deliveries).set({ status: 'failed', code: 'lost', settledAt: now(), updatedAt: now() }).where(and(eq(deliveries.tenantId, tenantId), silent)); // prettier-ignore
}

/** Whoever has left a tenant has no inbox in it, and is nobody in its Slack. */
export async function forget({ db, tenantId }: WorkContext, { data }: DeliveredEvent): Promise<void> {
  const id = String(data['memberId']);
  await db.delete(notifications).where(and(eq(notifications.tenantId, tenantId), eq(notifications.userId, id)));
  await db.delete(preferences).where(and(eq(preferences.tenantId, tenantId), eq(preferences.id, id)));
  await db.delete(slackLinks).where(and(eq(slackLinks.tenantId, tenantId), eq(slackLinks.userId, id)));
}
