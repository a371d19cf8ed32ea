import { and, count, eq, gt, inArray, ne, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { DeliveredEvent } from '#kernel/module.ts';
import type { WorkContext } from '#kernel/work.ts';
import { announcementOf, type Announcement } from './announcements.ts';
import { kindOf } from './kinds.ts';
import { handMail } from './mailing.ts';
import { Post, Surroundings, type Reader } from './providers/port.ts';
import { heldUntil, waysFor, type Wants } from './rules.ts';
import { channels, deliveries, notifications, preferences } from './tables.ts';

const HOUR = 3_600_000;
/** A rule that asks a whole company is a mistake of the rule's; nobody is served by ten thousand mails. */
const MOST = 500;

async function wantsOf({ db, tenantId }: WorkContext, readers: readonly Reader[]): Promise<Map<string, Wants>> {
  const ids = readers.map(({ id }) => id);
  const rows = await db
    .select()
    .from(preferences)
    .where(and(eq(preferences.tenantId, tenantId), inArray(preferences.id, ids)));
  const set = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    readers.map(({ id, zone }) => {
      const { channels: chosen = {}, quiet = null, digest = 'off' as const } = set.get(id) ?? {};
      return [id, { channels: chosen, quiet, digest, zone: quiet?.zone ?? zone }];
    }),
  );
}

/** Mails of the last hour that went to a person by themselves. Those to one person are counted one after the other. */
async function recentOf({ db, tenantId, now }: WorkContext, userId: string): Promise<number> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`notifications ${tenantId} ${userId}`}, 0))`);
  const since = gt(deliveries.createdAt, new Date(now().getTime() - HOUR));
  const mine = and(eq(deliveries.tenantId, tenantId), eq(deliveries.userId, userId), since, ne(deliveries.status, 'held'), ne(deliveries.status, 'digested'));
  const [found] = await db.select({ count: count() }).from(deliveries).where(mine);
  return found!.count;
} // prettier-ignore

/** One person, once: whoever was told of the same thing before is told nothing. */
async function tellPerson(ctx: WorkContext, about: Announcement, reader: Reader, wants: Wants, mails: boolean): Promise<void> {
  const { db, tenantId } = ctx;
  const { kind, content, dedupeKey, changeId } = about;
  const critical = kindOf(kind).critical === true;
  const ways = waysFor(kind, wants.channels);
  const at = ctx.now();
  const times = { createdAt: at, updatedAt: at };
  const row = { tenantId, id: newId(), userId: reader.id, kind, dedupeKey, critical, shown: ways.inApp, content, changeId, ...times };
  const [told] = await db.insert(notifications).values(row).onConflictDoNothing().returning({ id: notifications.id });
  if (!told) return;
  if (ways.inApp) ctx.emit('notification.created', { notificationId: told.id, userId: reader.id });
  if (!ways.email || !(mails || critical)) return;
  const until = heldUntil(wants, await recentOf(ctx, reader.id), critical, at);
  const delivery = {
    tenantId, id: newId(), via: 'email' as const, notificationId: told.id, userId: reader.id, kind, dedupeKey, critical, content,
    status: until ? ('held' as const) : ('waiting' as const), releaseAt: until ?? null, ...times,
  }; // prettier-ignore
  await db.insert(deliveries).values(delivery);
  if (!until) await handMail(ctx, reader, [delivery]);
}

/** Channels of the tenant that are to hear of it; each is sent to by a job. */
async function tellChannels(ctx: WorkContext, { kind, content, dedupeKey }: Announcement): Promise<void> {
  const { db, tenantId } = ctx;
  const open = await db
    .select({ id: channels.id, kinds: channels.kinds })
    .from(channels)
    .where(and(eq(channels.tenantId, tenantId), eq(channels.enabled, true)));
  for (const { id: channelId, kinds } of open) if (kinds.includes(kind)) await queueFor(ctx, { channelId, kind, content, dedupeKey });
}

/** A message to a channel and the job that sends it, both in the transaction of what it is about. */
export async function queueFor(
  ctx: Pick<WorkContext, 'db' | 'tenantId' | 'now' | 'provider'>,
  message: { channelId: string; dedupeKey: string } & Pick<typeof deliveries.$inferInsert, 'kind' | 'content'>,
): Promise<string | undefined> {
  const { db, tenantId } = ctx;
  const times = { createdAt: ctx.now(), updatedAt: ctx.now() };
  const critical = message.kind !== 'test' && kindOf(message.kind).critical === true;
  const [queued] = await db
    .insert(deliveries)
    .values({ tenantId, id: newId(), via: 'slack', critical, status: 'waiting', ...message, ...times })
    .onConflictDoNothing()
    .returning({ id: deliveries.id });
  if (queued) await ctx.provider(Post).jobs.enqueue(db, 'notification', { tenantId, deliveryId: queued.id }, { priority: critical ? 10 : 0 });
  return queued?.id;
}

/** An event of another module has arrived: whoever is to know of it is told, in the transaction of its delivery. */
export async function tell(ctx: WorkContext, event: DeliveredEvent): Promise<void> {
  const about = await announcementOf(ctx, event);
  if (!about) return;
  const around = ctx.provider(Surroundings);
  const readers = about.to.length === 0 ? [] : await around.readers(ctx.db, ctx.tenantId, about.to.slice(0, MOST));
  const wants = readers.length === 0 ? new Map<string, Wants>() : await wantsOf(ctx, readers);
  const { changesMail } = await around.tenant(ctx.db, ctx.tenantId);
  // In one order always, so that two events at once do not wait for each other in a circle.
  for (const reader of readers.toSorted((a, b) => (a.id < b.id ? -1 : 1))) await tellPerson(ctx, about, reader, wants.get(reader.id)!, changesMail);
  await tellChannels(ctx, about);
}
