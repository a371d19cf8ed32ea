/** What a connection has come to: nothing yet, a value, or that none will ever come. */
export type EdgeState = 'open' | 'live' | 'dead';
type Readiness = 'wait' | 'run' | 'dead';

/** A node runs once all that leads to it is settled and something came; with nothing, it is dead and so is what follows (workflows.md 5.1). */
export function readiness(edges: readonly EdgeState[]): Readiness {
  if (edges.includes('open')) return 'wait';
  return edges.includes('live') ? 'run' : 'dead';
}

export interface MergePolicy {
  policy: 'all' | 'any' | 'first_n' | 'quorum';
  /** Of `first_n`. */
  n: number;
}

/** So many values make a Merge go on; `all` asks for every one that is not dead. */
export const wantedBy = ({ policy, n }: MergePolicy, inputs: number): number =>
  policy === 'any' ? 1 : policy === 'first_n' ? Math.max(1, Math.min(n, inputs)) : policy === 'quorum' ? Math.floor(inputs / 2) + 1 : inputs;

/** Like `readiness`, for a Merge: it does not always wait for all. `late`: its time is up, so what is there will do. */
export function mergeReadiness(policy: MergePolicy, edges: readonly EdgeState[], late = false): Readiness {
  const live = edges.filter((state) => state === 'live').length;
  if (!edges.includes('open')) return live > 0 ? 'run' : 'dead';
  if (live === 0) return 'wait';
  return late || live >= wantedBy(policy, edges.length) ? 'run' : 'wait';
}

/** Which of the live inputs a Merge takes, by place: the first that came, as many as it wants. */
export function chosenBy(policy: MergePolicy, arrivals: readonly (number | undefined)[]): number[] {
  const came = arrivals.flatMap((at, place) => (at === undefined ? [] : [{ at, place }])).sort((a, b) => a.at - b.at || a.place - b.place);
  const most = policy.policy === 'all' ? came.length : policy.policy === 'quorum' ? came.length : wantedBy(policy, arrivals.length);
  return came.slice(0, most).map(({ place }) => place).sort((a, b) => a - b); // prettier-ignore
}
