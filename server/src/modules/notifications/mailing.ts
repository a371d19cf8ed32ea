import { and, asc, eq, inArray, lte } from '#kernel/drizzle.ts';
import { isMailAddress, Mail, type Message } from '#kernel/mail.ts';
import type { DeliveredEvent } from '#kernel/module.ts';
import type { WorkContext } from '#kernel/work.ts';
import type { Content } from './content.ts';
import { Surroundings, type Notifier, type Reader, type Sent } from './providers/port.ts';
import { deliveries, type DeliveryRow } from './tables.ts';

type Item = Pick<DeliveryRow, 'id' | 'kind' | 'content'>;
type Tenant = Awaited<ReturnType<Surroundings['tenant']>>;
type Place = Pick<WorkContext, 'db' | 'tenantId' | 'now' | 'provider'>;

const factsOf = ({ kind, content }: Item, tenant: Tenant) => ({
  kind,
  tenant: tenant.name,
  number: content.number ?? '',
  operation: content.operation ?? '',
  summary: content.summary ?? '',
  requester: content.requester ?? '',
  environment: content.environment ?? '',
  risk: content.risk ?? '',
  reason: content.reason ?? '',
  targets: content.targets ?? [],
  more: moreOf(content),
  expiresAt: content.expiresAt ?? '',
});
const moreOf = ({ targets = [], targetCount = 0 }: Content): string => (targetCount > targets.length ? String(targetCount - targets.length) : '');

function messageOf(items: readonly Item[], { email, name, locale }: Reader, tenant: Tenant, publicUrl: string): Message {
  const [first] = items;
  const rest = { to: email, locale, tracked: true as const, ...(tenant.sender === null ? {} : { sender: tenant.sender }) };
  if (items.length === 1) return { ...rest, template: 'notification', data: { name, ...factsOf(first!, tenant), link: publicUrl + first!.content.page } };
  const lines = items.map(({ kind, content: { number = '', summary = '' } }) => ({ kind, number, summary }));
  return { ...rest, template: 'notification-digest', data: { name, tenant: tenant.name, lines, link: `${publicUrl}/notifications` } };
} // prettier-ignore

/** The channel by mail: the outbox takes the message with the caller's transaction, has attempts of its own, and announces how it ended. */
export const mailNotifier = ({ db, provider }: Pick<Place, 'db' | 'provider'>): Notifier<Message, Reader> => ({
  async send(message, { email }): Promise<Sent> {
    if (!isMailAddress(email)) return { result: 'permanent', code: 'no-address' };
    const ref = await provider(Mail).send(db, message);
    return ref === undefined ? { result: 'permanent', code: 'no-address' } : { result: 'delivered', ref };
  },
});

/** Hands one mail over for one delivery, or for many that were held: then it is a digest. */
export async function handMail(ctx: Place, reader: Reader, items: readonly Item[]): Promise<void> {
  const around = ctx.provider(Surroundings);
  const tenant = await around.tenant(ctx.db, ctx.tenantId);
  const sent = await mailNotifier(ctx).send(messageOf(items, reader, tenant, around.publicUrl), reader);
  const at = ctx.now();
  const end = sent.result === 'delivered' ? { status: 'handed' as const, ref: sent.ref ?? null } : { status: 'skipped' as const, code: sent.code, settledAt: at };
  await ctx.db
    .update(deliveries)
    .set({ ...end, releaseAt: null, updatedAt: at })
    .where(and(eq(deliveries.tenantId, ctx.tenantId), inArray(deliveries.id, items.map(({ id }) => id))));
} // prettier-ignore

/** Mails in one digest. */
const LONGEST = 200;

/** Every minute: what was held and is due leaves, for each person in one mail. A row that another process has in hand is passed over. */
export async function release(ctx: WorkContext): Promise<void> {
  const due = await ctx.db
    .select()
    .from(deliveries)
    .where(and(eq(deliveries.tenantId, ctx.tenantId), eq(deliveries.status, 'held'), lte(deliveries.releaseAt, ctx.now())))
    .orderBy(asc(deliveries.id))
    .limit(2_000)
    .for('update', { skipLocked: true });
  if (due.length === 0) return;
  const byPerson = Map.groupBy(due, ({ userId }) => userId!);
  const readers = await ctx.provider(Surroundings).readers(ctx.db, ctx.tenantId, [...byPerson.keys()]);
  for (const reader of readers) {
    const items = byPerson.get(reader.id)!;
    byPerson.delete(reader.id);
    for (let from = 0; from < items.length; from += LONGEST) await handMail(ctx, reader, items.slice(from, from + LONGEST));
  }
  await skip(ctx, [...byPerson.values()].flat());
}

/** Whoever left, or may not sign in any more, is told nothing. */
async function skip({ db, tenantId, now }: WorkContext, items: readonly Item[]): Promise<void> {
  if (items.length === 0) return;
  const these = and(eq(deliveries.tenantId, tenantId), inArray(deliveries.id, items.map(({ id }) => id))); // prettier-ignore
  await db.update(deliveries).set({ status: 'skipped', code: 'not-active', releaseAt: null, settledAt: now(), updatedAt: now() }).where(these);
}

const ENDS: Readonly<Record<string, DeliveryRow['status']>> = { 'mail.sent': 'delivered', 'mail.failed': 'failed', 'mail.delayed': 'delayed' };

/** What became of a mail is written into the log of every delivery that it carried. */
export async function noteMail({ db, tenantId, now }: WorkContext, { type, data }: DeliveredEvent): Promise<void> {
  const { mailId, outcome, code } = data as { mailId: string; outcome: string; code: string | null };
  const status = ENDS[type]!;
  const carried = await db
    .select()
    .from(deliveries)
    .where(and(eq(deliveries.tenantId, tenantId), eq(deliveries.ref, mailId)));
  for (const { id, attempts, settledAt } of carried) {
    // The two may come in the other order.
    if (status === 'delayed' && settledAt !== null) continue;
    const failed = status === 'delivered' ? {} : { code: code ?? outcome };
    const end = { status: carried.length > 1 && status === 'delivered' ? ('digested' as const) : status, attempts: attempts + 1, ...failed };
    await db
      .update(deliveries)
      .set({ ...end, ...(status === 'delayed' ? {} : { settledAt: now() }), updatedAt: now() })
      .where(and(eq(deliveries.tenantId, tenantId), eq(deliveries.id, id)));
  }
}
