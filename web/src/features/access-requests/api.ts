import { useMutation, useQueryClient } from '@tanstack/react-query';
import { run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { toast } from '#ui/toast.tsx';

export const LIST = '/access-requests';
export type Act = 'approve' | 'reject' | 'cancel' | 'end' | 'extend' | 'create';

/** One act on a request, or a new one. Rejects with the Problem, for the dialog to show. */
export function useAct(act: Act, id?: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Record<string, unknown>) => run<unknown>('POST', id === undefined ? LIST : `${LIST}/${id}/${act}`, { body }),
    onSuccess: () => {
      toast.done(t(`accessRequest.did.${act}`));
      return client.invalidateQueries({ predicate: ({ queryKey }) => [LIST, 'me'].includes(String(queryKey[0])) });
    },
  });
}
