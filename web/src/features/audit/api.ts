import { queryOptions } from '@tanstack/react-query';
import { request } from '#lib/api.ts';
import type { AuditEntry } from '#lib/types.ts';

/** How the Gate decided: the grant and the rules it applied, and how long each step took. */
export interface DecisionRecord extends AuditEntry {
  grantId: string | null;
  rules: string[];
  inputHash: string;
  /** Milliseconds by step. */
  timings: Record<string, number>;
}

/** Decisions do not change once they are made. */
export const decisionQuery = (id: string) =>
  queryOptions({
    queryKey: ['decision', id],
    queryFn: ({ signal }) => request<DecisionRecord>('GET', `/decisions/${encodeURIComponent(id)}`, { signal }),
    staleTime: Infinity,
    retry: false,
  });
