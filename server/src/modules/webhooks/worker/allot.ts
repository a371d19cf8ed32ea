import { WEBHOOKS } from '../rules.ts';

export interface Candidate {
  tenantId: string;
  id: string;
  state: 'active' | 'failing';
  ordered: boolean;
  rate: number;
  earned: number;
}

/** Attempts at once that one webhook may have: those that fail, or keep an order, have one. */
export const deserved = ({ state, ordered, rate, earned }: Omit<Candidate, 'tenantId' | 'id'>): number =>
  state === 'failing' || ordered ? 1 : Math.max(1, Math.min(earned, rate, WEBHOOKS.perWebhook));

/**
 * Who of those that wait gets how many attempts at once, in their order: as many as each has earned, while its tenant has some left of
 * its 20 and the process has room. Whoever waits gets one before anybody gets more.
 */
export function allot<C extends Candidate>(waiting: readonly C[], taken: ReadonlyMap<string, number>, room: number): { lane: C; slots: number }[] {
  const used = new Map(taken);
  let left = room;
  const served = new Map<C, number>();
  const give = (lane: C): void => {
    const tenant = used.get(lane.tenantId) ?? 0;
    if (left < 1 || tenant >= WEBHOOKS.perTenant || (served.get(lane) ?? 0) >= deserved(lane)) return;
    served.set(lane, (served.get(lane) ?? 0) + 1);
    used.set(lane.tenantId, tenant + 1);
    left -= 1;
  };
  for (let round = 0; round < WEBHOOKS.perWebhook; round++) for (const lane of waiting) give(lane);
  return [...served].map(([lane, slots]) => ({ lane, slots }));
}
