import { newId } from './ids.ts';
import type { Target } from './operation.ts';
import { definePort } from './port.ts';
import { Problem } from './problem.ts';

/** Seconds for which what an outside system said counts as new (governance.md 12), by what it is. */
export const FRESH_SECONDS = { health: 300, config: 3_600, catalog: 3_600, routes: 30, members: 30 } as const;
type ResourceKind = keyof typeof FRESH_SECONDS;

/** Something that an outside system is asked about. */
export interface ResourceKey {
  tenantId: string;
  kind: ResourceKind;
  /** Whose it is, as a Change names its targets: what is done to it makes this old. See `tagOf`. */
  tag: string;
  /** What is read of it, where there is more than one thing. */
  part: string;
}
export const tagOf = ({ type, id }: Pick<Target, 'type' | 'id'>): string => `${type}:${id}`;

export interface Resource<T> {
  value: T;
  readAt: Date;
  /** It is older than it should be, because the outside system does not answer. */
  stale: boolean;
}

/** An entry as its store has it. `value` is left out when the caller said that it knows the one with this `stamp`. */
export interface Entry {
  stamp: string;
  value?: unknown;
  ageMs: number;
  freshMs: number;
}
interface Look {
  /** Of the tag, now. */
  version: string;
  /** Only one of this version: what was read before something was done is not there. */
  entry: Entry | undefined;
}
export interface Place {
  tenantId: string;
  key: string;
  tag: string;
}
/** Where all processes keep what they were told. Throws `dependency-unavailable` when it does not answer. */
export interface ResourceStore {
  look: (place: Place, known: string | null) => Promise<Look>;
  /** The right to ask, for `ms`: the version that holds at that moment; undefined while somebody asks since the same version. */
  claim: (place: Place, filler: string, ms: number) => Promise<string | undefined>;
  /** Kept only for whoever still holds the claim, and only if nothing was done to the resource meanwhile. */
  put: (place: Place, filler: string, version: string, entry: Omit<Entry, 'stamp'> & { keptMs: number }) => Promise<void>;
  /** Gives the claim back without a value. */
  leave: (place: Place, filler: string) => Promise<void>;
  bump: (tenantId: string, tags: readonly string[]) => Promise<void>;
}

export interface Resources {
  /**
   * What `fill` answers, or answered lately in whatever process: one asks at a time, the others wait for it. Read after a Change on the
   * resource has succeeded it is never from before. Where `fill` throws, what is kept is answered as stale, up to a day; else it throws.
   * The value must be JSON and of the outside system alone: who may see it is decided by who reads it.
   */
  read: <T>(key: ResourceKey, fill: (signal: AbortSignal) => Promise<T>) => Promise<Resource<T>>;
  /** Something was done to these: what was read of them counts no longer, in any process. */
  changed: (tenantId: string, tags: readonly string[]) => Promise<void>;
}
export const Resources = definePort<Resources>('kernel.resources');

export type CacheResult = 'hit' | 'miss' | 'revalidate' | 'stale' | 'evict' | 'invalidate' | 'bypass';
interface ResourceOptions {
  onResult?: (result: CacheResult, kind: string) => void;
  onFill?: (kind: string, seconds: number) => void;
  onError?: (error: Error) => void;
}

/** The tenth that is added during which the old is answered while the new is fetched. */
const REVALIDATE = 0.1;
const KEPT_MS = 86_400_000;
/** So long the others wait for whoever asks; and so long it may take. */
const FILL_MS = 10_000;
const POLL_MS = 100;
/** Of one kind: who waits here may hold a connection to the database meanwhile, of ten that a process has. */
const MOST_WAITING = 4;
const MOST_REMEMBERED = 1_000;
/** Characters of JSON, of all together: a zone of ten thousand records is a million. */
const MOST_CHARACTERS = 16_000_000;

const busy = (): Problem =>
  new Problem('dependency-unavailable', 'Too many are waiting for outside systems already. Try again in a few seconds.', { retryAfterSeconds: 2 });

/** What outside systems said, of one process; shared by all through the store. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createResources(store: ResourceStore, options: ResourceOptions = {}): Resources {
  const { onResult = () => undefined, onFill = () => undefined, onError = () => undefined } = options;
  const remembered = new Map<string, { stamp: string; value: unknown; size: number }>();
  let characters = 0;
  const flights = new Map<string, Promise<Resource<unknown>>>();
  const waiting = new Map<ResourceKind, number>();

  const idOf = ({ tenantId, key }: Place): string => `${tenantId} ${key}`;
  function forget(id: string): void {
    characters -= remembered.get(id)?.size ?? 0;
    remembered.delete(id);
  }
  function remember(id: string, kind: string, stamp: string, value: unknown): void {
    const before = remembered.get(id);
    const size = before?.stamp === stamp ? before.size : JSON.stringify(value).length;
    forget(id);
    remembered.set(id, { stamp, value, size });
    characters += size;
    while (remembered.size > MOST_REMEMBERED || (characters > MOST_CHARACTERS && remembered.size > 1)) {
      forget(remembered.keys().next().value!);
      onResult('evict', kind);
    }
  }

  /** The store's word each time, so that nothing is answered that a Change has made old; the value itself comes over only when it is new. */
  async function look(place: Place, kind: string): Promise<Look> {
    const known = remembered.get(idOf(place));
    const found = await store.look(place, known?.stamp ?? null);
    if (!found.entry) return found;
    const value = found.entry.stamp === known?.stamp ? known.value : found.entry.value;
    remember(idOf(place), kind, found.entry.stamp, value);
    return { ...found, entry: { ...found.entry, value } };
  }

  const resourceOf = ({ value, ageMs }: Entry, stale: boolean): Resource<unknown> => ({ value, readAt: new Date(Date.now() - ageMs), stale });
  const isFresh = ({ ageMs, freshMs }: Entry): boolean => ageMs < freshMs;

  async function ask(fill: (signal: AbortSignal) => Promise<unknown>, kind: string): Promise<{ value: unknown; ms: number }> {
    const from = performance.now();
    const value = await fill(AbortSignal.timeout(FILL_MS));
    const ms = performance.now() - from;
    onFill(kind, ms / 1_000);
    return { value, ms };
  }

  /** Asks, or waits for whoever does. */
  async function fetch(place: Place, kind: ResourceKind, fill: (signal: AbortSignal) => Promise<unknown>): Promise<Resource<unknown>> {
    const filler = newId();
    for (;;) {
      const version = await store.claim(place, filler, FILL_MS);
      if (version !== undefined) {
        try {
          // Somebody may have asked, and put the answer there, since we looked.
          const { entry: meanwhile } = await look(place, kind);
          if (meanwhile && isFresh(meanwhile)) {
            await store.leave(place, filler).catch(onError);
            return resourceOf(meanwhile, false);
          }
          const { value, ms } = await ask(fill, kind);
          const freshMs = FRESH_SECONDS[kind] * 1_000;
          // The answer is as old as the question.
          await store.put(place, filler, version, { value, ageMs: ms, freshMs, keptMs: KEPT_MS + freshMs }).catch(onError);
          return { value, readAt: new Date(Date.now() - ms), stale: false };
        } catch (error) {
          await store.leave(place, filler).catch(onError);
          throw error;
        }
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      const { entry } = await look(place, kind);
      if (entry && isFresh(entry)) return resourceOf(entry, false);
    }
  }

  /** In this process one does for all who ask since the same version. */
  function flight(place: Place, { kind }: ResourceKey, version: string, fill: (signal: AbortSignal) => Promise<unknown>): Promise<Resource<unknown>> {
    const id = `${idOf(place)} ${version}`;
    let under = flights.get(id);
    if (!under) flights.set(id, (under = fetch(place, kind, fill).finally(() => flights.delete(id))));
    return under;
  }

  async function waited(kind: ResourceKind, work: () => Promise<Resource<unknown>>): Promise<Resource<unknown>> {
    const others = waiting.get(kind) ?? 0;
    if (others >= MOST_WAITING) throw busy();
    waiting.set(kind, others + 1);
    return work().finally(() => void waiting.set(kind, waiting.get(kind)! - 1));
  }

  async function read(key: ResourceKey, fill: (signal: AbortSignal) => Promise<unknown>): Promise<Resource<unknown>> {
    const place = { tenantId: key.tenantId, tag: key.tag, key: `${key.tag} ${key.kind} ${key.part}` };
    const result = (what: CacheResult): void => onResult(what, key.kind);
    const found = await look(place, key.kind).catch((error: Error) => onError(error));
    // Without the store each asks for itself: slower, and right.
    if (!found)
      return waited(key.kind, async () => (result('bypass'), { value: (await ask(fill, key.kind)).value, readAt: new Date(), stale: false }));
    const { entry, version } = found;
    if (entry && isFresh(entry)) return (result('hit'), resourceOf(entry, false));
    if (entry && entry.ageMs < entry.freshMs * (1 + REVALIDATE)) {
      flight(place, key, version, fill).catch(onError);
      return (result('revalidate'), resourceOf(entry, false));
    }
    try {
      const filled = await waited(key.kind, () => flight(place, key, version, fill));
      result('miss');
      return filled;
    } catch (error) {
      if (!entry) throw error;
      return (result('stale'), resourceOf(entry, true));
    }
  }

  return {
    read: read as Resources['read'],
    async changed(tenantId, tags) {
      if (tags.length === 0) return;
      await store.bump(tenantId, tags);
      onResult('invalidate', 'any');
    },
  };
}
