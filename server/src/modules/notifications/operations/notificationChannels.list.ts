import { z } from 'zod';
import { asc, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { channelView } from '../channels.ts';
import { Surroundings } from '../providers/port.ts';
import { NotificationChannel } from '../schemas.ts';
import { channels } from '../tables.ts';

export const notificationChannelsList = defineOperation({
  name: 'notificationChannels.list',
  summary: 'List the channels that the tenant is told of things in',
  permission: 'notifications:configure',
  risk: 'read',
  input: z.object({}),
  output: z.object({ items: z.array(NotificationChannel), nextCursor: z.null() }),
  targets: 'none',
  async run({ db, tenantId, provider }) {
    const { publicUrl } = provider(Surroundings);
    const rows = await db.select().from(channels).where(eq(channels.tenantId, tenantId)).orderBy(asc(channels.name)); // prettier-ignore
    return { items: rows.map((row) => channelView(row, publicUrl)), nextCursor: null };
  },
});
