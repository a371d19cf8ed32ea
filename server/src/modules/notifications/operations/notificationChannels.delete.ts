import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { findChannel } from '../channels.ts';
import { channels } from '../tables.ts';

export const notificationChannelsDelete = defineOperation({
  name: 'notificationChannels.delete',
  summary: 'Tell a channel of nothing any more',
  description: 'Its log goes with it, and people are no longer known by what they confirmed for it.',
  permission: 'notifications:configure',
  risk: 'write',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  targets: 'none',
  async plan(ctx, { id }) {
    const { name, version } = await findChannel(ctx, id);
    return {
      summary: `Tell ${name} of nothing any more`,
      changes: [{ action: 'delete', type: 'notificationChannel', id, name }],
      dataLoss: 'Its secrets, its log, and who in Slack is who here.',
      observed: { [`notificationChannel:${id}`]: String(version) },
    };
  },
  async run(ctx, { id }) {
    const { name } = await findChannel(ctx, id, true);
    await ctx.db.delete(channels).where(and(eq(channels.tenantId, ctx.tenantId), eq(channels.id, id)));
    ctx.emit('notificationChannel.deleted', { notificationChannelId: id, name });
    return { id };
  },
});
