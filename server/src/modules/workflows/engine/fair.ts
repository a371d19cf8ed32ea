/** Something that waits for its turn. */
export interface Candidate {
  tenantId: string;
  id: string;
  workflowId: string;
  /** Higher goes first. */
  rank: number;
  maxConcurrent: number;
  concurrencyKey: string | null;
  /** Has run before: it keeps its key. */
  isWoken: boolean;
}

export interface Standing {
  /** At once, by the tenant's plan. */
  limit: number;
  /** Share against other tenants. */
  weight: number;
  running: number;
}

const keyOf = ({ tenantId, workflowId, concurrencyKey }: Candidate): string | null =>
  concurrencyKey === null ? null : `${tenantId} ${workflowId} ${concurrencyKey}`;
export const workflowOf = ({ tenantId, workflowId }: Pick<Candidate, 'tenantId' | 'workflowId'>): string => `${tenantId} ${workflowId}`;

interface Situation {
  standings: ReadonlyMap<string, Standing>;
  /** Running ones by `workflowOf`. */
  byWorkflow: ReadonlyMap<string, number>;
  room: number;
}

/**
 * Whose turn it is: always the tenant that has least for its weight, of whose executions the one of highest rank, then the oldest. No
 * tenant, workflow or key gets more than it may have (workflows.md 9.6). `candidates` of a tenant come in their order.
 */
export function choose<C extends Candidate>(candidates: readonly C[], { standings, byWorkflow, room }: Situation): C[] {
  const lines = new Map([...Map.groupBy(candidates, ({ tenantId }) => tenantId)].map(([id, line]) => [id, [...line]]));
  const running = new Map([...standings].map(([id, { running: count }]) => [id, count]));
  const used = new Map(byWorkflow);
  const keys = new Set<string>();
  const given: C[] = [];
  const isFree = (one: C): boolean => {
    const key = keyOf(one);
    return (used.get(workflowOf(one)) ?? 0) < one.maxConcurrent && (key === null || one.isWoken || !keys.has(key));
  };
  const shareOf = (id: string): number => (running.get(id) ?? 0) / (standings.get(id)?.weight ?? 1);
  while (given.length < room) {
    const open = [...lines.keys()].filter((id) => (running.get(id) ?? 0) < (standings.get(id)?.limit ?? 1) && lines.get(id)!.some(isFree));
    const next = open.reduce<string | undefined>((best, id) => (best === undefined || shareOf(id) < shareOf(best) ? id : best), undefined);
    if (next === undefined) break;
    const line = lines.get(next)!;
    const [one] = line.splice(line.findIndex(isFree), 1);
    given.push(one!);
    running.set(next, (running.get(next) ?? 0) + 1);
    used.set(workflowOf(one!), (used.get(workflowOf(one!)) ?? 0) + 1);
    const key = keyOf(one!);
    if (key !== null) keys.add(key);
  }
  return given;
}
