import { boolean, integer, jsonb, smallint, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { Content } from './content.ts';
import type { Kind } from './kinds.ts';
import type { Choices, Digest, Quiet } from './rules.ts';
import type { Pressed } from './slack/press.ts';

const at = (name: string) => timestamp(name, { withTimezone: true });

export const notifications = tenantTable('notifications', {
  userId: uuid('user_id').notNull(),
  kind: text('kind').$type<Kind>().notNull(),
  dedupeKey: text('dedupe_key').notNull(),
  critical: boolean('critical').notNull().default(false),
  shown: boolean('shown').notNull().default(true),
  content: jsonb('content').$type<Content>().notNull(),
  changeId: uuid('change_id'),
  readAt: at('read_at'),
});
export type NotificationRow = typeof notifications.$inferSelect;

export const preferences = tenantTable('notification_preferences', {
  channels: jsonb('channels').$type<Choices>().notNull().default({}),
  quiet: jsonb('quiet').$type<Quiet>(),
  digest: text('digest').$type<Digest>().notNull().default('off'),
  version: integer('version').notNull().default(1),
});

export const CHANNEL_KINDS = ['slack-webhook', 'slack-bot'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export const channels = tenantTable('notification_channels', {
  kind: text('kind').$type<ChannelKind>().notNull(),
  name: text('name').notNull(),
  kinds: text('kinds').array().$type<Kind[]>().notNull(),
  /** The channel's id in Slack; a webhook has its own. */
  place: text('place'),
  sealed: text('sealed').notNull(),
  enabled: boolean('enabled').notNull().default(true),
  version: integer('version').notNull().default(1),
});
export type ChannelRow = typeof channels.$inferSelect;

export const DELIVERY_STATES = ['waiting', 'held', 'handed', 'delayed', 'delivered', 'digested', 'failed', 'skipped'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const deliveries = tenantTable('notification_deliveries', {
  via: text('via').$type<'email' | 'slack'>().notNull(),
  notificationId: uuid('notification_id'),
  channelId: uuid('channel_id'),
  userId: uuid('user_id'),
  kind: text('kind').$type<Kind | 'test'>().notNull(),
  dedupeKey: text('dedupe_key').notNull(),
  critical: boolean('critical').notNull().default(false),
  content: jsonb('content').$type<Content>().notNull(),
  status: text('status').$type<DeliveryState>().notNull(),
  /** When what is held leaves: quiet hours end, or a digest is due. */
  releaseAt: at('release_at'),
  attempts: smallint('attempts').notNull().default(0),
  /** Why it did not leave, in the words of the other side, without addresses. */
  code: text('code'),
  /** Mail that carries it, or message in Slack. */
  ref: text('ref'),
  settledAt: at('settled_at'),
});
export type DeliveryRow = typeof deliveries.$inferSelect;

export const slackLinks = tenantTable('slack_links', {
  channelId: uuid('channel_id').notNull(),
  slackTeam: text('slack_team').notNull(),
  slackUser: text('slack_user').notNull(),
  slackName: text('slack_name').notNull(),
  userId: uuid('user_id').notNull(),
});

export const slackActions = tenantTable('slack_actions', {
  channelId: uuid('channel_id').notNull(),
  dedupeKey: text('dedupe_key').notNull(),
  said: jsonb('said').$type<Pressed>().notNull(),
  answer: text('answer'),
  answeredAt: at('answered_at'),
});
