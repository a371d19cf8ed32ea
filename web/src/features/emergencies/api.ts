import { useMutation, useQueryClient } from '@tanstack/react-query';
import { run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { toast } from '#ui/toast.tsx';

/** Shortest reasons that the server takes. */
export const SHORTEST = { emergency: 20, review: 5 } as const;
const LISTS = new Set(['/changes', '/approvals', '/emergencies']);

export interface Of {
  id: string;
  number: string;
}
/** An act on a Change that is, or becomes, an emergency. Rejects with the Problem, for the dialog to show. */
export function useEmergencyAct(act: 'emergency' | 'review', { id, number }: Of) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Record<string, string>) => run<unknown>('POST', `/changes/${id}/${act}`, { body }),
    onSuccess: () => {
      toast.done(t(`emergency.did.${act}`, { number }));
      return client.invalidateQueries({ predicate: ({ queryKey }) => LISTS.has(String(queryKey[0])) });
    },
  });
}
