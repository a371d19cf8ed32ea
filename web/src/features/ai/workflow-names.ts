import { useQuery } from '@tanstack/react-query';
import { request } from '#lib/api.ts';
import { useCan } from '#lib/session.ts';
import type { Named, Page } from '#lib/types.ts';

const NONE: readonly Named[] = [];
/** The first 100 workflows by id and name, for those who may see them. */
export function useWorkflows(wanted: boolean): readonly Named[] {
  const enabled = useCan('workflows:read') && wanted;
  const { data } = useQuery({
    queryKey: ['/workflows', 'names'],
    queryFn: ({ signal }) => request<Page<Named>>('GET', '/workflows', { query: { limit: 100 }, signal }).then(({ items }) => items),
    enabled,
    staleTime: 60_000,
  });
  return data ?? NONE;
}

/** What a workflow is called; its id where that is not known. */
export function useWorkflowNames(wanted: boolean): (id: string) => string {
  const workflows = useWorkflows(wanted);
  return (id) => workflows.find((one) => one.id === id)?.name ?? id;
}
