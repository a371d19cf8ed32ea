import type { Database } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { SealedPlace, Sealer } from '#kernel/seal.ts';
import type { SlackPlace } from './providers/port.ts';
import type { NotificationChannel } from './schemas.ts';
import { channels, type ChannelRow } from './tables.ts';

export interface WebhookSecrets {
  webhookUrl: string;
}
export interface BotSecrets {
  token: string;
  signingSecret: string;
}
export type ChannelSecrets = WebhookSecrets | BotSecrets;

const sealedAt = ({ tenantId, id }: Pick<ChannelRow, 'tenantId' | 'id'>): SealedPlace => ({
  tenantId,
  table: 'notification_channels',
  row: id,
  field: 'sealed',
});

export const sealChannel = (db: Database, sealer: Sealer, row: Pick<ChannelRow, 'tenantId' | 'id'>, secrets: ChannelSecrets): Promise<string> =>
  sealer.seal(db, sealedAt(row), JSON.stringify(secrets));
export const openChannel = async (db: Database, sealer: Sealer, row: ChannelRow): Promise<ChannelSecrets> =>
  JSON.parse(await sealer.open(db, sealedAt(row), row.sealed)) as ChannelSecrets;

export const placeOf = ({ kind, place }: ChannelRow, secrets: ChannelSecrets): SlackPlace =>
  'webhookUrl' in secrets ? { kind: 'slack-webhook', url: secrets.webhookUrl } : { kind: kind as 'slack-bot', token: secrets.token, channel: place! };

/** Throws `not-found`; `lock` holds the row until the transaction ends. */
export async function findChannel({ db, tenantId }: { db: Database; tenantId: string }, id: string, lock = false): Promise<ChannelRow> {
  const query = db.select().from(channels).where(and(eq(channels.tenantId, tenantId), eq(channels.id, id))); // prettier-ignore
  const [row] = await (lock ? query.for('update') : query);
  if (!row) throw new Problem('not-found', 'There is no such channel in this tenant.');
  return row;
}

export const channelTaken = (name: string): Problem =>
  new Problem('channel-name-taken', `There is a channel "${name}" already. Choose another name.`, {
    errors: [{ pointer: '/name', message: 'In use' }],
  });

export const channelView = (
  { id, kind, name, kinds, place, enabled, version, createdAt, tenantId }: ChannelRow,
  publicUrl: string,
): NotificationChannel => ({
  id,
  kind,
  name,
  kinds,
  place,
  enabled,
  version,
  createdAt: createdAt.toISOString(),
  requestUrl: kind === 'slack-bot' ? `${publicUrl}/api/v1/slack/${tenantId}/${id}` : null,
});
