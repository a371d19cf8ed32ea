import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { openOperation } from '#features/operations/open.ts';
import { request } from '#lib/api.ts';
import type { Controller } from './types.ts';

export const CONTROLLERS = '/exchange/controllers';
export const MEMBERS = '/exchange/members';
export const BACKUPS = '/exchange/backups';

export const controllerQuery = (id: string) =>
  queryOptions({
    queryKey: [CONTROLLERS, 'one', id],
    queryFn: ({ signal }) => request<Controller>('GET', `${CONTROLLERS}/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: 10_000,
  });

/** Opens the form of an Operation; what it changes is read anew when it is settled. */
export function useAct(): (name: string, input?: Record<string, unknown>) => void {
  const client = useQueryClient();
  const renew = (): void => void [CONTROLLERS, MEMBERS, BACKUPS].map((path) => client.invalidateQueries({ queryKey: [path] }));
  return (name, input = {}) => openOperation({ name: `exchange.${name}`, input, onSettled: renew });
}
