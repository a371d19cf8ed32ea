import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useStream, type StreamState } from '#lib/stream.ts';

/** First words of event types, and the lists (first part of a query key) that they make old. */
const CONCERNS: Record<string, readonly string[]> = {
  change: ['/changes', '/approvals'],
  approval: ['/approvals', '/changes', '/delegations'],
  changeTemplate: ['/change-templates'],
  accessRequest: ['/access-requests', 'me'],
  accessReview: ['/access-reviews'],
  report: ['/reports'],
  reportSchedule: ['/report-schedules', '/reports'],
  emergency: ['/emergencies', '/changes'],
  notification: ['/notifications'],
  notificationChannel: ['/notification-channels', '/notification-deliveries'],
  team: ['/teams'],
  policy: ['/policies', '/policy-exemptions'],
  calendar: ['/calendars', '/calendars/entries'],
  limit: ['/limits'],
  server: ['/servers'],
  zone: ['/dns/zones'],
  record: ['/dns/zones', '/dns/records'],
  dns: ['/dns/zones', '/dns/records'],
  cloud: ['/cloud-providers', '/servers'],
  drift: ['/servers', '/drift'],
  connection: ['/cloud-providers', '/servers'],
  apiKey: ['/api-keys', '/service-accounts'],
  serviceAccount: ['/service-accounts', '/members'],
  member: ['/members'],
  invitation: ['/invitations', '/members'],
  role: ['/roles', 'me'],
  grant: ['/grants', '/members', '/roles', '/access-reviews', 'me'],
  deny: ['/denies', 'me'],
  group: ['/groups'],
  tenant: ['/tenant', '/settings', '/branding', '/transfer-ownership', 'me'],
  domain: ['/domains'],
  identityProvider: ['/identity-providers'],
  secret: ['/secrets', '/env-vars'],
  webhook: ['/webhooks'],
  workflow: ['/workflows', '/workflow-templates'],
  execution: ['/executions', '/workflows'],
  ai: ['/ai/providers', '/ai/models', '/ai/settings', '/ai/budgets', '/ai/usage'],
  memory: ['/memories', '/memory-spaces'],
  exchange: [
    '/exchange/fabrics',
    '/exchange/participants',
    '/exchange/connections',
    '/exchange/route-servers',
    '/exchange/controllers',
    '/exchange/members',
    '/exchange/findings',
    '/exchange/ports',
    '/exchange/requests',
  ],
  knowledgeCollection: ['/knowledge-collections', '/documents'],
  document: ['/documents', '/knowledge-collections'],
};
const GATHER_MS = 250;

/** The list that a query key begins with; those of the tenant at work are named without its id. */
const listOf = (key: unknown): string => String(key).replace(/^\/tenants\/[^/]+(?=\/|$)/, '') || '/tenant';

/** Which query keys an event makes old; anything that happened is also a new line in the audit trail, and a trigger may be an Operation. */
export const concerned = (type: string): readonly string[] => [
  '/audit/entries',
  ...(CONCERNS[type.split('.')[0] ?? ''] ?? []),
  ...(type === 'workflow.trigger_changed' ? ['manifest'] : []),
];

/** Shorter gaps are of no interest: a fresh proof of who one is ends the stream, and it is back at once. */
const GAP_MS = 4_000;

/** True once updates have been missing for a while; at once false when they are back. */
export function useGap(state: StreamState): boolean {
  const [gap, setGap] = useState(false);
  useEffect(() => {
    if (state !== 'lost') return setGap(false);
    const timer = setTimeout(setGap, GAP_MS, true);
    return () => clearTimeout(timer);
  }, [state]);
  return gap;
}

/** Everything shown stays true: what happens in the tenant is heard, and the lists it concerns are read again. */
export function useLive(): StreamState {
  const client = useQueryClient();
  const old = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const flush = () => {
    timer.current = undefined;
    const keys = old.current;
    old.current = new Set();
    void client.invalidateQueries({ predicate: ({ queryKey }) => keys.has(listOf(queryKey[0])) });
  };
  const onEvent = (_name: string, data: unknown) => {
    const { type, changeId } = (data ?? {}) as { type?: string; changeId?: string };
    if (!type) return;
    for (const key of concerned(type)) old.current.add(key);
    if (changeId) old.current.add('/changes');
    // Many events in one moment (a job's steps) cause one reading.
    timer.current ??= setTimeout(flush, GATHER_MS);
  };
  // While we were away anything may have happened, and so it may between the first reading of a page and the beginning of its stream.
  const state = useStream(
    '/events',
    [],
    onEvent,
    (first) =>
      void client.invalidateQueries({
        predicate: ({ queryKey, state: { data } }) => String(queryKey[0]).startsWith('/') && (!first || data !== undefined),
      }),
  );
  useEffect(() => {
    // The server ends the stream of a session that is over; asking who one is tells it from a network that is down.
    if (state === 'lost') void client.invalidateQueries({ queryKey: ['me'] });
  }, [state, client]);
  return state;
}
