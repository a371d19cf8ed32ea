import { z } from 'zod';

const CHANNELS = ['inapp', 'slack', 'teams', 'pager', 'sms', 'webhook'] as const;
type Channel = (typeof CHANNELS)[number];
const when = (...values: Channel[]) => ({ showWhen: { field: 'channel', values } });

export const Config = z.object({
  channel: z.enum(CHANNELS).default('inapp').meta({ title: 'Way' }),
  to: z
    .array(z.string().max(500))
    .max(50)
    .default([])
    .meta({ title: 'To', help: 'Addresses or ids of members; names of channels; phone numbers with their country, such as +4915112345678; web addresses', expression: 'tpl', examples: [['ana@example.com']], ...when('inapp', 'slack', 'sms', 'webhook') }),
  address: z.string().max(2_000).optional().meta({ title: 'Address of the workflow in Teams', help: 'Whoever knows it may post, so it is a secret', expression: 'secret', widget: 'secret', examples: ['secret://TEAMS_WEBHOOK_URL'], ...when('teams') }),
  key: z.string().max(500).optional().meta({ title: 'Key of the service', help: 'pager: the integration key. sms: account SID and auth token with a colon between them', expression: 'secret', widget: 'secret', examples: ['secret://PAGER_KEY'], ...when('pager', 'sms') }),
  service: z.string().max(500).optional().meta({ title: 'Another service', help: 'That speaks as PagerDuty (https://events.pagerduty.com/v2/enqueue) or Twilio (https://api.twilio.com) does', expression: 'tpl', examples: ['https://events.eu.pagerduty.com/v2/enqueue'], ...when('pager', 'sms') }),
  from: z.string().max(60).optional().meta({ title: 'Sender', help: 'Number, name, or id of a messaging service', expression: 'tpl', examples: ['+4915100000000'], ...when('sms') }),
  event: z.enum(['trigger', 'acknowledge', 'resolve']).default('trigger').meta({ title: 'What it does to the incident', help: 'The key below tells which one', ...when('pager') }),
  title: z.string().min(1).max(200).meta({ title: 'Title', expression: 'tpl' }),
  body: z.string().max(4_000).default('').meta({ title: 'Text', widget: 'textarea', expression: 'tpl' }),
  severity: z.enum(['info', 'warning', 'critical']).default('info').meta({ title: 'Severity' }),
  link: z.string().max(500).optional().meta({ title: 'Page', help: 'Path of a page here; the execution when left out', expression: 'tpl', examples: ['/servers'] }),
  dedupeKey: z.string().max(500).optional().meta({ title: 'Key', help: 'The same key is sent once within the time below; to a pager, it is that of the incident', expression: 'tpl' }),
  throttleMinutes: z.int().min(1).max(10_080).default(60).meta({ title: 'For so many minutes', ...when('inapp', 'slack', 'teams', 'sms', 'webhook') }),
}); // prettier-ignore
export type Config = z.output<typeof Config>;

/** What each way cannot do without. */
export const NEEDS: Readonly<Record<string, readonly (keyof Config)[]>> = {
  inapp: ['to'],
  slack: ['to'],
  teams: ['address'],
  pager: ['key'],
  sms: ['to', 'key', 'from'],
  webhook: ['to'],
};
