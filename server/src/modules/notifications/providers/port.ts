import type { Database } from '#kernel/database.ts';
import type { Jobs } from '#kernel/jobs.ts';
import { definePort } from '#kernel/port.ts';
import type { Sealer } from '#kernel/seal.ts';
import type { Content, RiskLevel } from '../content.ts';

/** Somebody who can be told something: active in the tenant, and a person. */
export interface Reader {
  id: string;
  name: string;
  email: string;
  /** BCP 47. */
  locale: string | null;
  /** IANA. */
  zone: string;
}

/** A Change as notifications speak of it. */
export interface Concern {
  content: Omit<Content, 'page'> & { risk: RiskLevel };
  requesterId: string;
  implementerId: string | null;
  /** Somebody waited for it: it was agreed on, or a job carried it out. */
  waited: boolean;
}

/** People and Changes, as modules identity, tenancy, access and governance know them. */
export interface Surroundings {
  /** Those of the ids who can be told something. */
  readers: (db: Database, tenantId: string, ids: readonly string[]) => Promise<Reader[]>;
  /** Who holds a permission over the whole tenant. */
  holders: (db: Database, tenantId: string, permission: string) => Promise<string[]>;
  /** Who is called when something is broken: owners and administrators. */
  onCall: (db: Database, tenantId: string) => Promise<string[]>;
  concern: (db: Database, tenantId: string, changeId: string) => Promise<Concern | undefined>;
  /** The tenant: its name, and whether it wants mails about Changes. */
  tenant: (db: Database, tenantId: string) => Promise<{ name: string; changesMail: boolean; sender: string | null }>;
  /** Where pages are, without a slash at its end. */
  publicUrl: string;
}
export const Surroundings = definePort<Surroundings>('notifications.surroundings');

/** How a message ended: there, or to be tried again, or never. `code` says why, in few words and without addresses. */
export type Sent =
  | { result: 'delivered'; ref?: string }
  | { result: 'retry'; code: string; retryAfterSeconds?: number | undefined }
  | { result: 'permanent'; code: string };

/** One way to people. Anything that speaks to the outside has a deadline of its own and throws nothing. */
export interface Notifier<Message, Recipient> {
  send: (message: Message, recipient: Recipient) => Promise<Sent>;
}

/** A message as Slack takes it: `text` is for notifications and screen readers, `blocks` for the eye. */
export interface SlackMessage {
  text: string;
  blocks: readonly object[];
}
/** An incoming webhook, or a channel that a bot may write to. */
export type SlackPlace = { kind: 'slack-webhook'; url: string } | { kind: 'slack-bot'; token: string; channel: string };

export interface Slack extends Notifier<SlackMessage, SlackPlace> {
  /** Seen by one person in a channel only. */
  whisper: (text: string, to: { token: string; channel: string; user: string }) => Promise<Sent>;
  /** Puts another message in the place of one that was sent before. */
  replace: (message: SlackMessage, at: { token: string; channel: string; ref: string }) => Promise<Sent>;
  /** Address that Slack has for a person; undefined when it says none. */
  addressOf: (user: string, token: string) => Promise<string | undefined>;
  /** Why an address cannot be that of an incoming webhook; null when it can. */
  webhookFault: (url: string) => string | null;
}
export const Slack = definePort<Slack>('notifications.slack');

/** What the module needs of the kernel to keep secrets and to send later. */
export interface Post {
  jobs: Pick<Jobs, 'enqueue'>;
  sealer: Sealer;
  /** Signs what a person brings back to us: HMAC-SHA-256 in hex. */
  keyed: (text: string) => string;
}
export const Post = definePort<Post>('notifications.post');

/** Deciding on approvals as a person whom a confirmed link names, through the same operation as in a session. */
export interface Decisions {
  decide: (
    who: { tenantId: string; userId: string },
    said: { approvalId: string; planHash: string; verdict: 'approve' | 'reject'; comment: string | undefined },
  ) => Promise<void>;
}
export const Decisions = definePort<Decisions>('notifications.decisions');

/** Takes what Slack posts when a button is pressed. */
export interface SlackDesk {
  /** Throws `slack-signature-invalid` for what is not from Slack, the same where there is no such channel. Nothing is decided yet. */
  receive: (
    tenantId: string,
    channelId: string,
    signed: { body: string; timestamp: string | undefined; signature: string | undefined },
  ) => Promise<void>;
}
export const SlackDesk = definePort<SlackDesk>('notifications.slackDesk');
