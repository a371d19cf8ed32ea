import { provide } from '#kernel/port.ts';
import { Post, Slack, Surroundings } from '#modules/notifications/providers/port.ts';
import { createSlack } from '#modules/notifications/providers/slack.ts';
import { createOutgoing, urlFault } from '#modules/identity/federation/outgoing.ts';
import { addressFault } from '#kernel/outbound.ts';
import { wireNotifications } from '../src/notifications.ts';
import type { Parts, People } from '../src/core.ts';
import type { Person } from './world.ts';

/** Of e2e/fakes/slack.ts, which is no part of this package. */
export interface SlackFake {
  url: string;
  webhookUrl: string;
  token: string;
  signingSecret: string;
  channel: string;
  posts: { ts: string; channel: string; text: string; blocks: { type: string; elements?: { action_id?: string; url?: string }[] }[] }[];
  updates: SlackFake['posts'];
  whispers: (SlackFake['posts'][number] & { user: string })[];
  signed: (body: string, as?: { secret?: string; at?: number }) => Record<string, string>;
  pressBody: (post: SlackFake['posts'][number], act: string, user: { id: string; name: string }, comment?: string) => string;
  busyOnce: (seconds: number) => void;
  failOnce: () => void;
  removeWebhook: () => void;
  close: () => Promise<void>;
}
export async function startSlack(options: { people?: readonly { id: string; name: string; email: string }[] } = {}): Promise<SlackFake> {
  const found = (await import(new URL('../../e2e/fakes/slack.ts', import.meta.url).href)) as { startSlack: (with_: object) => Promise<SlackFake> };
  return found.startSlack(options);
}

/** People of a test world as readers, and a Slack on loopback. `zones` by name; everybody else lives by UTC. */
export const toldIn =
  (cast: () => readonly Person[], { slack, zones = {}, locales = {} }: { slack?: { url: string }; zones?: Record<string, string>; locales?: Record<string, string> } = {}) =>
  (parts: Parts, people: People) => {
    const outside = { addressFault, allowPrivateTargets: true };
    const { adapters } = wireNotifications(parts, people, {}, { adapters: () => new Map(), gate: () => undefined as never });
    const [, around] = adapters.find(([{ port }]) => port === Surroundings.port) as [unknown, Surroundings];
    const [, post] = adapters.find(([{ port }]) => port === Post.port) as [unknown, Post];
    const readers: Surroundings['readers'] = async (_db, tenantId, ids) =>
      cast()
        .filter(({ actor }) => actor.tenantId === tenantId && ids.includes(actor.id))
        .map(({ actor: { id, name, email } }) => ({ id, name, email: email!, locale: locales[name] ?? null, zone: zones[name] ?? 'UTC' }));
    const tenant = async () => ({ name: 'Acme', changesMail: true, sender: null });
    return [
      provide(Surroundings, { ...around, readers, tenant }),
      provide(Post, post),
      ...(slack
        ? [provide(Slack, createSlack({ fetch: createOutgoing(outside)('tenant'), url: slack.url, addressFault: (url) => urlFault(url, outside, 'tenant') }))]
        : []),
    ];
  }; // prettier-ignore
