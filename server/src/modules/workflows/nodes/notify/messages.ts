import type { Json } from '../../graph.ts';
import { NodeError, type NodeRun } from '../declare.ts';
import type { Notice } from '../../people.ts';
import type { Config } from './config.ts';

/** One call that tells somebody something. */
export interface Message {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** The address is a secret: no error repeats it. */
  hidden?: true;
}

/** A notice with the address of its page. */
export type Told = Notice & { link: string };

const json = (value: Json): Pick<Message, 'headers' | 'body'> => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) });

const COLOURS = { info: 'default', warning: 'warning', critical: 'attention' } as const;

/** An Adaptive Card, as workflows in Teams take it. Runs of text are no Markdown: nobody writes a link into them. */
function card({ title, body, severity, link }: Told): Json {
  const block = (words: string, more: Record<string, Json> = {}): Json => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: words, ...more }] });
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [block(title, { weight: 'bolder', size: 'medium', color: COLOURS[severity] }), ...(body === '' ? [] : [block(body)])],
          actions: [{ type: 'Action.OpenUrl', title: 'Open', url: link }],
        },
      },
    ],
  };
} // prettier-ignore

const PAGER = 'https://events.pagerduty.com/v2/enqueue';
const MOST_KEY = 255;

/** Events API v2. The key of the incident is its own: another workflow may resolve it. */
function page(run: NodeRun, { key = '', event, dedupeKey }: Config, { title, body, severity, link }: Told): Json {
  if (event !== 'trigger' && dedupeKey === undefined) throw new NodeError('node-config-invalid', 'config', 'Say the key of the incident.');
  const about = { routing_key: key, event_action: event, dedup_key: (dedupeKey ?? run.idempotencyKey).slice(0, MOST_KEY) };
  if (event !== 'trigger') return about;
  const details = { ...(body === '' ? {} : { text: body }), workflowId: run.workflowId, executionId: run.executionId };
  return { ...about, client: 'Switchyard', client_url: link, payload: { summary: title, source: new URL(link).host, severity, custom_details: details } };
} // prettier-ignore

const TWILIO = 'https://api.twilio.com';
const NUMBER = /^\+[1-9]\d{6,14}$/;
const ACCOUNT = /^(AC[0-9a-f]{32}):(.+)$/;
/** Characters that a text has at most. */
const MOST_TEXT = 1_600;

function text(to: string, { key = '', service = TWILIO, from = '' }: Config, { title, body }: Told): Message {
  if (!NUMBER.test(to)) throw new NodeError('type-error', 'validation', 'A phone number begins with + and its country, such as +4915112345678.');
  const [, account] = ACCOUNT.exec(key) ?? [];
  if (!account) throw new NodeError('node-config-invalid', 'config', 'The key is the account SID (AC and 32 hexadecimal digits) and the auth token, with a colon between them.');
  const sender = /^MG[0-9a-f]{32}$/.test(from) ? { MessagingServiceSid: from } : { From: from };
  const words = (body === '' ? title : `${title}: ${body}`).slice(0, MOST_TEXT);
  return {
    url: `${service.replace(/\/+$/, '')}/2010-04-01/Accounts/${account}/Messages.json`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${Buffer.from(key).toString('base64')}` },
    body: new URLSearchParams({ To: to, ...sender, Body: words }).toString(),
  };
} // prettier-ignore

/** What is sent, one call after the other. */
export function messagesFor(run: NodeRun, config: Config, told: Told): Message[] {
  const { channel, to } = config;
  if (channel === 'teams') return [{ url: config.address!, ...json(card(told)), hidden: true }];
  if (channel === 'pager') return [{ url: config.service ?? PAGER, ...json(page(run, config, told)) }];
  if (channel === 'sms') return to.map((number) => text(number, config, told));
  const { title, body, severity, page: path, dedupeKey } = told;
  const document: Json = { title, body, severity, page: path, dedupeKey, workflowId: run.workflowId, executionId: run.executionId };
  return to.map((url, at) => {
    const { headers, body: bytes } = json(document);
    return { url, headers: { ...headers, 'idempotency-key': `${run.idempotencyKey}-${at}` }, body: bytes };
  });
}
