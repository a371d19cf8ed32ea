import { z } from 'zod';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { findChannel } from '../channels.ts';
import { queueFor } from '../tell.ts';

// The file is not called after the operation, since `.test.ts` is what tests are called.
export const notificationChannelsTest = defineOperation({
  name: 'notificationChannels.test',
  summary: 'Send a test message to a channel',
  description: 'How it ended is in the list of deliveries a moment later.',
  permission: 'notifications:configure',
  risk: 'write',
  input: z.object({ id: z.uuid() }),
  output: z.object({ deliveryId: z.uuid() }),
  targets: 'none',
  async plan(ctx, { id }) {
    const { name } = await findChannel(ctx, id);
    return { summary: `Send a test message to ${name}`, changes: [], reversible: null };
  },
  async run(ctx, { id }) {
    await findChannel(ctx, id);
    const content = { requester: ctx.actor.name, page: '/settings/organization/notifications' };
    const deliveryId = await queueFor(ctx, { channelId: id, kind: 'test', content, dedupeKey: `test:${newId()}` });
    return { deliveryId: deliveryId! };
  },
});
