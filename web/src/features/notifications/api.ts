import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { request } from '#lib/api.ts';
import type { Page } from '#lib/types.ts';

export interface NotificationContent {
  number?: string;
  operation?: string;
  summary?: string;
  requester?: string;
  environment?: string;
  targets?: string[];
  targetCount?: number;
  reason?: string;
  expiresAt?: string;
  page: string;
}
export interface Notification {
  id: string;
  kind: string;
  critical: boolean;
  content: NotificationContent;
  readAt: string | null;
  createdAt: string;
}
export interface KindChoice {
  kind: string;
  group: string;
  critical: boolean;
  inApp: boolean;
  email: boolean;
}
export interface Quiet {
  from: string;
  to: string;
  zone: string;
}
export interface Preferences {
  kinds: KindChoice[];
  quiet: Quiet | null;
  digest: 'off' | 'hourly' | 'daily';
  version: number;
}
export interface Channel {
  id: string;
  kind: 'slack-webhook' | 'slack-bot';
  name: string;
  kinds: string[];
  place: string | null;
  enabled: boolean;
  requestUrl: string | null;
}
export interface Delivery {
  id: string;
  via: 'email' | 'slack';
  kind: string;
  number: string | null;
  userId: string | null;
  channelId: string | null;
  status: 'waiting' | 'held' | 'handed' | 'delayed' | 'delivered' | 'digested' | 'failed' | 'skipped';
  attempts: number;
  code: string | null;
  releaseAt: string | null;
  createdAt: string;
}
export interface SlackLink {
  id: string;
  channel: string;
  slackName: string;
  createdAt: string;
}

export const unreadQuery = queryOptions({
  queryKey: ['/notifications', 'unread'],
  queryFn: ({ signal }) => request<{ count: number }>('GET', '/notifications/unread-count', { signal }).then(({ count }) => count),
});
export const latestQuery = queryOptions({
  queryKey: ['/notifications', 'latest'],
  queryFn: ({ signal }) => request<Page<Notification>>('GET', '/notifications', { query: { limit: 8 }, signal }).then(({ items }) => items),
});
export const preferencesQuery = queryOptions({
  queryKey: ['/notification-preferences'],
  queryFn: ({ signal }) => request<Preferences>('GET', '/notification-preferences', { signal }),
});
export const channelsQuery = queryOptions({
  queryKey: ['/notification-channels'],
  queryFn: ({ signal }) => request<{ items: Channel[] }>('GET', '/notification-channels', { signal }).then(({ items }) => items),
});
export const linksQuery = queryOptions({
  queryKey: ['/slack-links'],
  queryFn: ({ signal }) => request<{ items: SlackLink[] }>('GET', '/slack-links', { signal }).then(({ items }) => items),
});

/** Marks one, or all, and reads the inbox again. */
export function useMark() {
  const client = useQueryClient();
  const again = () => client.invalidateQueries({ queryKey: ['/notifications'] });
  return {
    mark: (id: string, read: boolean) => request('POST', `/notifications/${id}/${read ? 'read' : 'unread'}`).then(again),
    markAll: () => request('POST', '/notifications/read-all').then(again),
  };
}
