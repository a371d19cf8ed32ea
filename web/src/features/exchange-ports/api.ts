import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query';
import { openOperation } from '#features/operations/open.ts';
import type { Answer, Item } from '#lib/answers.ts';
import { request } from '#lib/api.ts';

export type Port = Item<'exchange.requests.list'>;
export type Onboarding = Answer<'exchange.onboarding.get'>;
export type PortMaintenance = Answer<'exchange.ports.maintenance'>;
export type Instructions = Answer<'exchange.ports.instructions'>;

type Sync = Item<'exchange.sync.list'>;

export const LISTS = { mine: '/exchange/ports', all: '/exchange/requests' } as const;
const ONBOARDING = '/exchange/onboarding';
/** Steps are ticked while somebody looks. */
const EVERY_MS = 10_000;

export const onboardingQuery = queryOptions({
  queryKey: [ONBOARDING],
  queryFn: ({ signal }) => request<Onboarding>('GET', ONBOARDING, { signal }),
});
export const instructionsQuery = (id: string, platform: string) =>
  queryOptions({
    queryKey: [LISTS.mine, 'instructions', id, platform],
    queryFn: ({ signal }) => request<Instructions>('GET', `${LISTS.mine}/${id}/instructions?platform=${platform}`, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: EVERY_MS,
  });
export const portQuery = (id: string) =>
  queryOptions({
    queryKey: [LISTS.mine, 'one', id],
    queryFn: ({ signal }) => request<Port>('GET', `${LISTS.mine}/${id}`, { signal }),
    refetchInterval: EVERY_MS,
  });

export const maintenanceQuery = (id: string) =>
  queryOptions({
    queryKey: [LISTS.mine, 'maintenance', id],
    queryFn: ({ signal }) => request<PortMaintenance>('GET', `${LISTS.mine}/${id}/maintenance`, { signal }),
    refetchInterval: 30_000,
  });

/** What became of a connection on each route server. */
export const syncQuery = (connectionId: string | null) =>
  queryOptions({
    queryKey: ['/exchange/sync', connectionId],
    queryFn: ({ signal }) => request<{ items: Sync[] }>('GET', '/exchange/sync', { query: { connectionId }, signal }),
    enabled: connectionId !== null,
    refetchInterval: 10_000,
    retry: false,
  });

/** Opens the form of an act on a request or port; both lists are read anew when it is settled. */
export function useAct(): (name: string, input?: Record<string, unknown>) => void {
  const client = useQueryClient();
  const renew = (): void => void Object.values(LISTS).map((path) => client.invalidateQueries({ queryKey: [path] }));
  return (name, input = {}) => openOperation({ name: `exchange.${name}`, input, onSettled: renew });
}
