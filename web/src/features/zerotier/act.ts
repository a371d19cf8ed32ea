import { useQueryClient } from '@tanstack/react-query';
import { openOperation } from '#features/operations/open.ts';

export const CONTROLLERS = '/exchange/controllers';
export const MEMBERS = '/exchange/members';

/** Opens the form of an Operation; what it changes is read anew when it is settled. */
export function useAct(): (name: string, input?: Record<string, unknown>) => void {
  const client = useQueryClient();
  const renew = (): void => void [CONTROLLERS, MEMBERS].map((path) => client.invalidateQueries({ queryKey: [path] }));
  return (name, input = {}) => openOperation({ name: `exchange.${name}`, input, onSettled: renew });
}
