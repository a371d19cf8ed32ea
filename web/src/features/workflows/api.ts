import { queryOptions } from '@tanstack/react-query';
import { request } from '#lib/api.ts';
import type { Template, Workflow } from './types.ts';

/** Lists that an act on a workflow makes old. */
export const TOUCHED = ['/workflows', '/executions'];

export const workflowQuery = (id: string) =>
  queryOptions({
    queryKey: ['/workflows', 'one', id],
    queryFn: ({ signal }) => request<Workflow>('GET', `/workflows/${id}`, { signal }),
  });
export const templateQuery = (id: string) =>
  queryOptions({
    queryKey: ['/workflow-templates', 'one', id],
    queryFn: ({ signal }) => request<Template>('GET', `/workflow-templates/${encodeURIComponent(id)}`, { signal }),
  });
