import type { Clock } from './clock.ts';
import { remainingOf, shareOf, waitMs, type Count, type Quota } from './counter-rules.ts';

export type { Quota } from './counter-rules.ts';

export interface Ask extends Quota {
  /** Points wanted; 0 only looks. Never more than the limit. */
  want: number;
}
export interface Granted extends Count {
  granted: number;
}

/** Where all processes count together. Time is the store's own. */
export interface CounterStore {
  /** Takes up to `want` points of each key, each by itself, in one step. Throws `dependency-unavailable` when it does not answer. */
  take: (tenantId: string, asks: readonly Ask[]) => Promise<Granted[]>;
}

export interface Standing {
  quota: Quota;
  remaining: number;
  /** Until a point is free when there is none; else until the window ends. */
  waitMs: number;
}
export interface Taken {
  allowed: boolean;
  /** The quota that is nearest to its end, or that refused. */
  tightest: Standing;
}

/** Limits that hold over all processes together. */
export interface Counters {
  /** One point of each quota, or none of any. May answer from a share that this process has taken before. */
  take: (tenantId: string, quotas: readonly [Quota, ...Quota[]]) => Promise<Taken>;
  /** What is left, without taking anything. */
  look: (tenantId: string, quotas: readonly Quota[]) => Promise<Standing[]>;
}

interface Share {
  quota: Quota;
  left: number;
  /** In the store, beyond what this process holds. */
  remaining: number;
  count: Count;
  /** When the window ends, by our clock. */
  until: number;
}

const standingOf = (quota: Quota, count: Count, held = 0): Standing => {
  const remaining = remainingOf(quota, count) + held;
  return { quota, remaining, waitMs: remaining > 0 ? Math.max(0, quota.seconds * 1000 - count.elapsedMs) : waitMs(quota, count) };
};
const portion = ({ remaining, quota }: Standing): number => remaining / quota.limit;
const tightestOf = (standings: readonly Standing[]): Standing => standings.reduce((one, other) => (portion(other) < portion(one) ? other : one));

/** Shares that are no longer of use are dropped when there are so many. */
const MOST_SHARES = 50_000;

/**
 * Counting at the store for each call would cost a round trip each time. So a process takes a small share of what is left and serves
 * from it, a smaller one the less is left, and single points at the end. A limit is therefore never exceeded; what a process has taken
 * and not used when the window ends is lost.
 */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createCounters(store: CounterStore, now: Clock): Counters {
  const shares = new Map<string, Share>();
  const fetching = new Map<string, Promise<void>>();
  const waiting = new Map<string, number>();

  const idOf = (tenantId: string, { key, name }: Quota): string => `${tenantId} ${key} ${name}`;
  const shareIn = (tenantId: string, quota: Quota): Share | undefined => {
    const share = shares.get(idOf(tenantId, quota));
    return share && share.until > now().getTime() && share.quota.limit === quota.limit ? share : undefined;
  };

  async function fetch(tenantId: string, quotas: readonly Quota[]): Promise<void> {
    const asks = quotas.map((quota) => {
      const known = shares.get(idOf(tenantId, quota))?.remaining ?? quota.limit;
      const callers = waiting.get(idOf(tenantId, quota)) ?? 1;
      return { ...quota, want: Math.min(quota.limit, Math.max(shareOf(known), Math.min(callers, known))) };
    });
    const granted = await store.take(tenantId, asks);
    if (shares.size > MOST_SHARES) shares.clear();
    quotas.forEach((quota, at) => {
      const count = granted[at]!;
      const left = (shareIn(tenantId, quota)?.left ?? 0) + count.granted;
      const until = now().getTime() + Math.max(0, quota.seconds * 1000 - count.elapsedMs);
      shares.set(idOf(tenantId, quota), { quota, left, remaining: remainingOf(quota, count), count, until });
    });
  }

  /** One round trip for those that nobody else is asking for at this moment. */
  async function refill(tenantId: string, lacking: readonly Quota[]): Promise<void> {
    const underWay = lacking.map((quota) => fetching.get(idOf(tenantId, quota))).filter((one) => one !== undefined);
    const free = lacking.filter((quota) => !fetching.has(idOf(tenantId, quota)));
    if (free.length > 0) {
      const work = fetch(tenantId, free).finally(() => free.forEach((quota) => fetching.delete(idOf(tenantId, quota))));
      for (const quota of free) fetching.set(idOf(tenantId, quota), work);
      underWay.push(work);
    }
    await Promise.all(underWay);
  }

  const standing = ({ quota, left, count }: Share): Standing => standingOf(quota, count, left);

  async function take(tenantId: string, quotas: readonly [Quota, ...Quota[]]): Promise<Taken> {
    for (;;) {
      const lacking = quotas.filter((quota) => (shareIn(tenantId, quota)?.left ?? 0) < 1);
      if (lacking.length === 0) {
        const mine = quotas.map((quota) => shares.get(idOf(tenantId, quota))!);
        for (const share of mine) share.left -= 1;
        return { allowed: true, tightest: tightestOf(mine.map(standing)) };
      }
      const ids = lacking.map((quota) => idOf(tenantId, quota));
      for (const id of ids) waiting.set(id, (waiting.get(id) ?? 0) + 1);
      await refill(tenantId, lacking).finally(() => ids.forEach(release));
      // Where the store has nothing any more it is refused; where others of this process were faster, it is asked once more.
      const empty = lacking.map((quota) => shareIn(tenantId, quota)).find((share) => share && share.left < 1 && share.remaining < 1);
      if (empty) return { allowed: false, tightest: standing(empty) };
    }
  }

  function release(id: string): void {
    const count = (waiting.get(id) ?? 1) - 1;
    if (count > 0) waiting.set(id, count);
    else waiting.delete(id);
  }

  return {
    take,
    async look(tenantId, quotas) {
      if (quotas.length === 0) return [];
      const counts = await store.take(
        tenantId,
        quotas.map((quota) => ({ ...quota, want: 0 })),
      );
      return quotas.map((quota, at) => standingOf(quota, counts[at]!, shareIn(tenantId, quota)?.left));
    },
  };
}
