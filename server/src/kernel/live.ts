import { EventEmitter } from 'node:events';
import pg from 'pg';
import { newId } from './ids.ts';

/**
 * "Something about this topic is new": a hint, in this process at once and in the others by NOTIFY. It carries no content: readers
 * look into the tables, so a lost hint costs a moment, never an event.
 */
export interface Live {
  publish: (topic: string) => void;
  subscribe: (topic: string, hear: () => void) => () => void;
  close: () => Promise<void>;
}

const CHANNEL = 'sy_live';

/** In one process only; for tests and tools. */
export function localLive(): Live {
  const emitter = new EventEmitter().setMaxListeners(0);
  return {
    publish: (topic) => void emitter.emit(topic),
    subscribe: (topic, hear) => {
      emitter.on(topic, hear);
      return () => void emitter.off(topic, hear);
    },
    close: async () => void emitter.removeAllListeners(),
  };
}

/** Across processes through one dedicated connection, which is opened again when it is lost. */
export async function openLive(url: string, onError: (error: Error) => void): Promise<Live> {
  const local = localLive();
  const self = newId();
  const waiting = new Set<string>();
  let client: pg.Client | undefined;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;

  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url, application_name: 'switchyard:live', keepAlive: true });
    next.on('error', (error) => {
      onError(error);
      client = undefined;
      next.end().catch(() => undefined);
      if (!closed) retry = setTimeout(() => void connect().catch(onError), 1_000);
    });
    next.on('notification', ({ payload = '' }) => {
      const [from, ...topics] = payload.split('\n');
      if (from !== self) for (const topic of topics) local.publish(topic);
    });
    try {
      await next.connect();
      await next.query(`LISTEN ${CHANNEL}`);
      client = next;
    } catch (error) {
      next.emit('error', error as Error);
    }
  };

  const flush = (): void => {
    const topics = [...waiting];
    waiting.clear();
    // NOTIFY takes 8,000 bytes; a topic is some 80.
    for (let at = 0; at < topics.length; at += 80) {
      client?.query('select pg_notify($1, $2)', [CHANNEL, [self, ...topics.slice(at, at + 80)].join('\n')]).catch(onError);
    }
  };

  await connect();
  return {
    publish(topic) {
      local.publish(topic);
      // Many hints in one moment become one NOTIFY: a NOTIFY per commit would halve the commit rate.
      if (waiting.size === 0) setTimeout(flush, 5).unref();
      waiting.add(topic);
    },
    subscribe: (topic, hear) => local.subscribe(topic, hear),
    async close() {
      closed = true;
      clearTimeout(retry);
      await local.close();
      await client?.end().catch(() => undefined);
    },
  };
}
