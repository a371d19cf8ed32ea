import type { ReadContext } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import type { ChannelSecrets } from './channels.ts';
import { Slack } from './providers/port.ts';
import type { ChannelKind } from './tables.ts';

interface Wish {
  kind: ChannelKind;
  webhookUrl?: string | undefined;
  token?: string | undefined;
  signingSecret?: string | undefined;
  place?: string | undefined;
}

const invalid = (field: string, message: string): Problem =>
  new Problem('channel-invalid', `The channel cannot be used: ${message}.`, { errors: [{ pointer: `/${field}`, message }] });

/** The address must be one that may be called, at the moment it is entered and at every message. */
export function requireWebhook({ provider }: Pick<ReadContext, 'provider'>, webhookUrl: string | undefined): string {
  if (webhookUrl === undefined) throw invalid('webhookUrl', 'a webhook needs its address');
  const fault = provider(Slack).webhookFault(webhookUrl);
  if (fault !== null) throw invalid('webhookUrl', fault);
  return webhookUrl;
}

/** What has to be sealed of a new channel. Throws `channel-invalid` when something that it needs is missing. */
export function secretsIn(ctx: Pick<ReadContext, 'provider'>, { kind, webhookUrl, token, signingSecret, place }: Wish): ChannelSecrets {
  if (kind === 'slack-webhook') return { webhookUrl: requireWebhook(ctx, webhookUrl) };
  if (!token) throw invalid('token', 'a bot needs its token');
  if (!signingSecret) throw invalid('signingSecret', 'a bot needs the signing secret of its app');
  if (!place) throw invalid('place', 'a bot needs the id of the channel');
  return { token, signingSecret };
}

/** The secrets of a channel with those that are given anew. */
export function renewed(ctx: Pick<ReadContext, 'provider'>, before: ChannelSecrets, wish: Omit<Wish, 'kind'>): ChannelSecrets {
  if ('webhookUrl' in before) return wish.webhookUrl === undefined ? before : { webhookUrl: requireWebhook(ctx, wish.webhookUrl) };
  return { token: wish.token ?? before.token, signingSecret: wish.signingSecret ?? before.signingSecret };
}
