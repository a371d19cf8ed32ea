import type { Databases } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import type { JobData } from '#kernel/jobs.ts';
import { openChannel, placeOf } from './channels.ts';
import type { Sent, SlackMessage, SlackPlace } from './providers/port.ts';
import { nextAttempt } from './rules.ts';
import { slackMessage } from './slack/messages.ts';
import type { ActDeps } from './slack/act.ts';
import { channels, deliveries, type DeliveryRow } from './tables.ts';

export type DeliverDeps = ActDeps & { databases: Databases; observe?: (channel: string, result: string) => void };

interface Ready {
  row: DeliveryRow;
  message: SlackMessage;
  place: SlackPlace;
}

const rowOf = ({ tenantId, deliveryId }: JobData) => and(eq(deliveries.tenantId, tenantId), eq(deliveries.id, deliveryId!));

/** What is to be sent where, if it is still to be sent. */
const prepare = ({ databases, post, around }: DeliverDeps, ids: JobData): Promise<Ready | undefined> =>
  databases.tenant({ tenantId: ids.tenantId, readOnly: true }, async (db) => {
    const [found] = await db
      .select({ row: deliveries, channel: channels })
      .from(deliveries)
      .innerJoin(channels, and(eq(channels.tenantId, deliveries.tenantId), eq(channels.id, deliveries.channelId)))
      .where(rowOf(ids));
    if (!found || (found.row.status !== 'waiting' && found.row.status !== 'delayed')) return undefined;
    const { row, channel } = found;
    const look = { publicUrl: around.publicUrl, interactive: channel.kind === 'slack-bot' };
    return { row, message: slackMessage(row.kind, row.content, look), place: placeOf(channel, await openChannel(db, post.sealer, channel)) };
  });

const settle = ({ databases, post, now }: DeliverDeps, ids: JobData, { row }: Ready, sent: Sent): Promise<string> =>
  databases.tenant({ tenantId: ids.tenantId }, async (db) => {
    const at = now();
    const attempts = row.attempts + 1;
    const next = sent.result === 'retry' ? nextAttempt(attempts, at, sent.retryAfterSeconds) : undefined;
    const over = { settledAt: at, updatedAt: at, attempts };
    if (sent.result === 'delivered') {
      await db.update(deliveries).set({ ...over, status: 'delivered', code: null, ref: sent.ref ?? null }).where(rowOf(ids)); // prettier-ignore
      return 'delivered';
    }
    if (!next) {
      await db.update(deliveries).set({ ...over, status: 'failed', code: sent.code }).where(rowOf(ids)); // prettier-ignore
      return 'failed';
    }
    await db.update(deliveries).set({ status: 'delayed', attempts, code: sent.code, updatedAt: at }).where(rowOf(ids)); // prettier-ignore
    await post.jobs.enqueue(db, 'notification', { ...ids }, { startAfter: next });
    return 'retry';
  });

/**
 * Sends one message to a channel, between two transactions. When the process dies in between it is sent again: Slack has no key that
 * would tell it of the first.
 */
export async function deliver(deps: DeliverDeps, ids: JobData): Promise<void> {
  const ready = await prepare(deps, ids);
  if (!ready) return;
  const sent = await deps.slack.send(ready.message, ready.place);
  const end = await settle(deps, ids, ready, sent);
  deps.observe?.('slack', end);
}
