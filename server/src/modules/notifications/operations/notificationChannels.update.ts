import { z } from 'zod';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { renewed } from '../channel-wishes.ts';
import { channelTaken, channelView, findChannel, openChannel, sealChannel } from '../channels.ts';
import { Post, Surroundings } from '../providers/port.ts';
import { channelFields, NotificationChannel } from '../schemas.ts';
import { channels } from '../tables.ts';

const input = z.object({
  id: z.uuid(),
  name: channelFields.name.optional(),
  kinds: channelFields.kinds.optional(),
  enabled: z.boolean().optional().meta({ title: 'In use' }),
  webhookUrl: channelFields.webhookUrl.optional(),
  token: channelFields.token.optional(),
  signingSecret: channelFields.signingSecret.optional(),
  place: channelFields.place.optional(),
});
const SHOWN = ['name', 'kinds', 'enabled', 'place'] as const;
const SECRETS = ['webhookUrl', 'token', 'signingSecret'] as const;

export const notificationChannelsUpdate = defineOperation({
  name: 'notificationChannels.update',
  summary: 'Change what a channel is told of, or how it is reached',
  permission: 'notifications:configure',
  risk: 'write',
  input,
  output: NotificationChannel,
  targets: 'none',
  async plan(ctx, { id, ...wish }) {
    const row = await findChannel(ctx, id);
    renewed(ctx, await openChannel(ctx.db, ctx.provider(Post).sealer, row), wish);
    const shown = SHOWN.flatMap((path) => (wish[path] === undefined ? [] : [{ path, before: row[path], after: wish[path] }]));
    const secret = SECRETS.flatMap((path) => (wish[path] === undefined ? [] : [{ path, before: 'set', after: 'set anew' }]));
    return {
      summary: `Change the channel ${row.name}`,
      changes: [{ action: 'update', type: 'notificationChannel', id, name: row.name, fields: [...shown, ...secret] }],
      reversible: 'Change it back.',
      observed: { [`notificationChannel:${id}`]: String(row.version) },
    };
  },
  async run(ctx, { id, ...wish }) {
    const row = await findChannel(ctx, id, true);
    const { sealer } = ctx.provider(Post);
    const secrets = renewed(ctx, await openChannel(ctx.db, sealer, row), wish);
    const { name = row.name, kinds = row.kinds, enabled = row.enabled } = wish;
    const place = row.kind === 'slack-bot' ? (wish.place ?? row.place) : null;
    const [saved] = await ctx.db
      .update(channels)
      .set({ name, kinds, enabled, place, sealed: await sealChannel(ctx.db, sealer, row, secrets), version: row.version + 1, updatedAt: ctx.now() })
      .where(and(eq(channels.tenantId, ctx.tenantId), eq(channels.id, id)))
      .returning()
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? channelTaken(name) : error;
      });
    ctx.emit('notificationChannel.updated', { notificationChannelId: id, name });
    return channelView(saved!, ctx.provider(Surroundings).publicUrl);
  },
});
