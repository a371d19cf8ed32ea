import { LeaseLost } from './jobs.ts';
import { newId } from './ids.ts';
import { definePort } from './port.ts';

/** Where all processes see who holds what. Time is the store's own. Throws `dependency-unavailable` when it does not answer. */
export interface LeaseStore {
  /** A token larger than all that were given out for this name before; undefined while another holds it. */
  take: (name: string, owner: string, ttlMs: number) => Promise<number | undefined>;
  /** One of so many places under this name, numbered from 1; undefined while all are held. */
  takePlace: (name: string, places: number, owner: string, ttlMs: number) => Promise<{ name: string; token: number } | undefined>;
  /** False when it ran out or was given to another. */
  renew: (name: string, token: number, ttlMs: number) => Promise<boolean>;
  release: (name: string, token: number) => Promise<void>;
}

/** The right to do something alone, until it is released or lost. */
export interface Lease {
  /** Write it with the result, and refuse what comes with a smaller one: whoever was held up for long does not know that they were. */
  token: number;
  /** Aborted, with LeaseLost, when the lease is lost or may have been. */
  signal: AbortSignal;
  release: () => Promise<void>;
}

export interface Leases {
  /**
   * Renewed every third of `ttlMs` for as long as this process lives; undefined while another holds it. After the holder's death it is
   * free within `ttlMs`: for work by the clock take one interval, and another process takes over within two.
   */
  take: (name: string, ttlMs: number) => Promise<Lease | undefined>;
  /** One of so many places, for what a few at a time may do. */
  takePlace: (name: string, places: number, ttlMs: number) => Promise<Lease | undefined>;
  /** Gives back whatever this process holds. */
  stop: () => Promise<void>;
}
export const Leases = definePort<Leases>('kernel.leases');

interface LeaseOptions {
  onError?: (error: Error) => void;
  /** Told when something was wanted that another holds; the part of its name before the first colon. */
  onContention?: (kind: string) => void;
}

interface Held extends Lease {
  renewing: NodeJS.Timeout;
  end: (reason?: LeaseLost) => void;
}

/** A clock that neither people nor NTP move. */
const clock = (): number => performance.now();

/** The leases of one process. */
export function createLeases(store: LeaseStore, { onError = () => undefined, onContention = () => undefined }: LeaseOptions = {}): Leases {
  const owner = newId();
  const held = new Set<Held>();

  function hold(name: string, token: number, ttlMs: number, takenAt: number): Lease {
    const abort = new AbortController();
    let expiry: NodeJS.Timeout;
    // By our own clock, from before we asked: never later than by the store's.
    const expireAfter = (ms: number): NodeJS.Timeout =>
      setTimeout(() => lease.end(new LeaseLost(`the lease "${name}" could not be renewed in time`)), Math.max(0, ms)).unref();
    const renew = async (): Promise<void> => {
      const asked = clock();
      const mine = await store.renew(name, token, ttlMs).catch((error: Error) => (onError(error), undefined));
      if (abort.signal.aborted || !held.has(lease)) return;
      if (mine === false) return lease.end(new LeaseLost(`the lease "${name}" was given to another`));
      if (mine === undefined) return; // tried again at the next third; `expiry` goes on
      clearTimeout(expiry);
      expiry = expireAfter(asked + ttlMs - clock());
    };
    const lease: Held = {
      token,
      signal: abort.signal,
      renewing: setInterval(() => void renew(), ttlMs / 3).unref(),
      end(reason) {
        clearInterval(lease.renewing);
        clearTimeout(expiry);
        held.delete(lease);
        if (reason) abort.abort(reason);
      },
      async release() {
        if (!held.has(lease)) return;
        lease.end();
        // It runs out by itself where this fails.
        await store.release(name, token).catch(onError);
      },
    };
    expiry = expireAfter(takenAt + ttlMs - clock());
    held.add(lease);
    return lease;
  }

  const refused = (name: string): undefined => void onContention(name.split(':')[0]!);

  return {
    async take(name, ttlMs) {
      const askedAt = clock();
      const token = await store.take(name, owner, ttlMs);
      return token === undefined ? refused(name) : hold(name, token, ttlMs, askedAt);
    },
    async takePlace(name, places, ttlMs) {
      const askedAt = clock();
      const place = await store.takePlace(name, places, owner, ttlMs);
      return place === undefined ? refused(name) : hold(place.name, place.token, ttlMs, askedAt);
    },
    async stop() {
      await Promise.all([...held].map((lease) => lease.release()));
    },
  };
}
