import { newId } from '#kernel/ids.ts';
import { LEASE, sendStream, type Key, type SendingDeps } from './sending.ts';

export const STREAMS_TOPIC = 'audit:streams';
/** Published by the sealer: there are new links. */
const SEALED_TOPIC = 'audit:sealed';

export interface WorkerDeps extends SendingDeps {
  /** Tenants that are not suspended. */
  openTenants: () => Promise<readonly string[]>;
}

/** Streams that one process sends at once. */
const ROOM = 4;
/** Milliseconds; new links wake us before. */
const POLL = 5_000;

/** Streams whose chain is ahead of their cursor, for as many as there is room. */
const CLAIM = `
update audit_streams s set holder = $1, held_until = now() + interval '${LEASE} seconds'
from (select tenant_id, id from audit_streams t
  where state in ('active', 'failing') and next_at <= $2 and (holder is null or held_until < now()) and tenant_id = any ($3::uuid[])
    and t.cursor < (select g.first_seq + g.count - 1 from audit_segments g where g.tenant_id = t.tenant_id order by g.first_seq desc limit 1)
  order by next_at limit $4 for update skip locked) due
where s.tenant_id = due.tenant_id and s.id = due.id returning s.tenant_id as "tenantId", s.id`;

/** Sends what is sealed to where tenants want it, until it is stopped. */
export function runStreams(deps: WorkerDeps): () => Promise<void> {
  const { databases, live, now, onError } = deps;
  const abort = new AbortController();
  const running = new Set<Promise<void>>();
  let isWoken = false;
  let wake = (): void => undefined;
  const ring = (): void => {
    isWoken = true;
    wake();
  };
  const stops = [SEALED_TOPIC, STREAMS_TOPIC].map((topic) => live.subscribe(topic, ring));

  async function turn(): Promise<void> {
    const room = ROOM - running.size;
    if (room <= 0) return;
    const open = [...(await deps.openTenants())];
    const claim = async (holder: string) =>
      (await databases.platform('claim audit streams', (db) => db.$client.query<Key>(CLAIM, [holder, now(), open, room]))).rows;
    const holder = newId();
    for (const key of await claim(holder)) {
      const done = sendStream(deps, holder, key, abort.signal)
        .catch(onError)
        .finally(() => {
          running.delete(done);
          ring();
        });
      running.add(done);
    }
  }

  const loop = (async () => {
    while (!abort.signal.aborted) {
      isWoken = false;
      await turn().catch(onError);
      if (isWoken || abort.signal.aborted) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, POLL);
        wake = () => (clearTimeout(timer), resolve());
      });
    }
  })();

  return async () => {
    stops.forEach((stop) => stop());
    abort.abort();
    wake();
    await loop;
    await Promise.all(running);
  };
}
