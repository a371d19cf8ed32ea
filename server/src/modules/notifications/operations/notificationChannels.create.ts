import { z } from 'zod';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { channelTaken, channelView, sealChannel } from '../channels.ts';
import { secretsIn } from '../channel-wishes.ts';
import { SLACK_DEFAULTS } from '../kinds.ts';
import { Post, Surroundings } from '../providers/port.ts';
import { channelFields, NotificationChannel } from '../schemas.ts';
import { CHANNEL_KINDS, channels } from '../tables.ts';

export const notificationChannelsCreate = defineOperation({
  name: 'notificationChannels.create',
  summary: 'Tell a Slack channel of what happens',
  description:
    'By an incoming webhook, or by a bot: with a bot, requests of low and medium risk are decided by its buttons. Secrets are sealed and never shown again.',
  permission: 'notifications:configure',
  risk: 'write',
  input: z.object({
    kind: z.enum(CHANNEL_KINDS).meta({ title: 'How it is reached' }),
    name: channelFields.name,
    kinds: channelFields.kinds.default(SLACK_DEFAULTS),
    webhookUrl: channelFields.webhookUrl.optional(),
    token: channelFields.token.optional(),
    signingSecret: channelFields.signingSecret.optional(),
    place: channelFields.place.optional(),
  }),
  output: NotificationChannel,
  targets: 'none',
  plan(ctx, wish) {
    secretsIn(ctx, wish);
    return {
      summary: `Tell ${wish.name} in Slack of ${wish.kinds.length} kinds of things`,
      changes: [{ action: 'create', type: 'notificationChannel', name: wish.name, fields: [{ path: 'kinds', before: null, after: wish.kinds }] }],
      reversible: 'Delete the channel.',
    };
  },
  async run(ctx, wish) {
    const { db, tenantId } = ctx;
    const secrets = secretsIn(ctx, wish);
    const id = newId();
    const sealed = await sealChannel(db, ctx.provider(Post).sealer, { tenantId, id }, secrets);
    const { kind, name, kinds, place = null } = wish;
    const at = ctx.now();
    const [row] = await db
      .insert(channels)
      .values({ tenantId, id, kind, name, kinds, place: kind === 'slack-bot' ? place : null, sealed, createdAt: at, updatedAt: at })
      .returning()
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? channelTaken(name) : error;
      });
    ctx.emit('notificationChannel.created', { notificationChannelId: id, name });
    return channelView(row!, ctx.provider(Surroundings).publicUrl);
  },
});
