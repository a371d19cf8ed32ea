import { IANAZone } from 'luxon';
import { z } from 'zod';
import { KIND_NAMES } from './kinds.ts';
import { CHANNEL_KINDS, DELIVERY_STATES } from './tables.ts';

const Time = z.iso.datetime();
export const KindName = z.enum(KIND_NAMES);

export const NotificationContent = z.object({
  number: z.string().optional(),
  operation: z.string().optional(),
  summary: z.string().optional(),
  requester: z.string().optional(),
  environment: z.string().optional(),
  risk: z.enum(['low', 'medium', 'high', 'critical']).optional(),
  targets: z.array(z.string()).optional(),
  targetCount: z.int().optional(),
  reason: z.string().optional(),
  expiresAt: z.string().optional(),
  page: z.string().meta({ help: 'Path of the page to open' }),
});

export const Notification = z.object({
  id: z.uuid(),
  kind: KindName,
  critical: z.boolean(),
  content: NotificationContent,
  changeId: z.uuid().nullable(),
  readAt: Time.nullable(),
  createdAt: Time,
});
export type Notification = z.infer<typeof Notification>;

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write HH:MM');
export const QuietHours = z
  .object({
    from: Clock.meta({ title: 'From', examples: ['22:00'] }),
    to: Clock.meta({ title: 'Until', examples: ['07:00'] }),
    zone: z.string().max(64).refine((zone) => IANAZone.isValidZone(zone), 'Not a time zone').meta({ title: 'Time zone', examples: ['Europe/Berlin'] }),
  })
  .refine(({ from, to }) => from !== to, { message: 'Quiet hours begin and end at different times', path: ['to'] }); // prettier-ignore

export const DIGESTS = ['off', 'hourly', 'daily'] as const;
export const Preferences = z.object({
  kinds: z.array(z.object({ kind: KindName, group: z.string(), critical: z.boolean(), inApp: z.boolean(), email: z.boolean() })),
  quiet: z.object({ from: z.string(), to: z.string(), zone: z.string() }).nullable(),
  digest: z.enum(DIGESTS),
  version: z.int(),
});

export const NotificationChannel = z.object({
  id: z.uuid(),
  kind: z.enum(CHANNEL_KINDS),
  name: z.string(),
  kinds: z.array(KindName),
  place: z.string().nullable(),
  enabled: z.boolean(),
  version: z.int(),
  createdAt: Time,
  requestUrl: z.string().nullable().meta({ help: 'What the app in Slack calls when a button is pressed' }),
});
export type NotificationChannel = z.infer<typeof NotificationChannel>;

export const NotificationDelivery = z.object({
  id: z.uuid(),
  via: z.enum(['email', 'slack']),
  kind: z.string(),
  number: z.string().nullable(),
  userId: z.uuid().nullable(),
  channelId: z.uuid().nullable(),
  status: z.enum(DELIVERY_STATES),
  attempts: z.int(),
  code: z.string().nullable(),
  releaseAt: Time.nullable(),
  createdAt: Time,
  settledAt: Time.nullable(),
});

/** What a channel is made of and can be changed to. */
export const channelFields = {
  name: z.string().trim().min(1).max(60).meta({ title: 'Name', examples: ['#changes'] }),
  kinds: z.array(KindName).max(KIND_NAMES.length).meta({ title: 'What it is told of' }),
  webhookUrl: z.url({ protocol: /^https?$/ }).max(500).meta({ title: 'Address of the webhook', help: 'For an incoming webhook; never shown again', secret: true }),
  token: z.string().regex(/^xoxb-[\w-]{10,200}$/, 'Begins with xoxb-').meta({ title: 'Bot token', help: 'For a bot; with the scopes chat:write and users:read.email', secret: true }),
  signingSecret: z.string().regex(/^[0-9a-f]{32,64}$/, '32 hexadecimal digits').meta({ title: 'Signing secret', help: 'For a bot', secret: true }),
  place: z.string().regex(/^[CG][A-Z0-9]{2,30}$/, 'Begins with C').meta({ title: 'Id of the channel', help: 'For a bot: it has to be in that channel', examples: ['C024BE91L'] }),
} as const; // prettier-ignore
