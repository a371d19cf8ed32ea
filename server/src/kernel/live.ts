import { EventEmitter } from 'node:events';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
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
export const localLive = (): Live => liveOn(new EventEmitter().setMaxListeners(0));

function liveOn(emitter: EventEmitter): Live {
  return {
    publish: (topic) => void emitter.emit(topic),
    subscribe: (topic, hear) => {
      emitter.on(topic, hear);
      return () => void emitter.off(topic, hear);
    },
    close: async () => void emitter.removeAllListeners(),
  };
}

const RETRY_MS = 1_000;
const PATIENCE = { connectionTimeoutMillis: 5_000, query_timeout: 5_000 };

/** Across processes through one dedicated connection, which is opened again when it is lost. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export async function openLive(url: string, onError: (error: Error) => void): Promise<Live> {
  const emitter = new EventEmitter().setMaxListeners(0);
  const local = liveOn(emitter);
  const self = newId();
  const waiting = new Set<string>();
  let client: pg.Client | undefined;
  let closed = false;
  let cutOff = false;
  let retry: NodeJS.Timeout | undefined;
  let speaking: Promise<void> | undefined;

  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url, application_name: 'switchyard:live', keepAlive: true, ...PATIENCE });
    let lost = false;
    const lose = (error: Error): void => {
      // One that dies while it begins to listen says so twice.
      if (lost) return;
      lost = true;
      client = undefined;
      cutOff = true;
      void next.end().catch(() => undefined);
      if (closed) return;
      onError(error);
      retry = setTimeout(() => void connect(), RETRY_MS);
    };
    next.on('error', lose);
    next.on('notification', ({ payload = '' }) => {
      const [from, ...topics] = payload.split('\n');
      if (from !== self) for (const topic of topics) local.publish(topic);
    });
    try {
      await next.connect();
      await next.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      return lose(error as Error);
    }
    if (closed) return void (await next.end().catch(() => undefined));
    if (lost) return;
    client = next;
    // Nobody knows what was said while we did not listen, so everybody looks again.
    if (cutOff) for (const topic of emitter.eventNames()) emitter.emit(topic);
    cutOff = false;
  };

  /** The first hint goes at once; those of the next moment become one NOTIFY, since one per commit would halve the commit rate. */
  const speak = async (): Promise<void> => {
    await turn();
    while (waiting.size > 0) {
      const topics = [...waiting];
      waiting.clear();
      // NOTIFY takes 8,000 bytes; a topic is some 80.
      for (let at = 0; at < topics.length; at += 80) {
        await client?.query('select pg_notify($1, $2)', [CHANNEL, [self, ...topics.slice(at, at + 80)].join('\n')]).catch(onError);
      }
      await pause(5);
    }
    speaking = undefined;
  };

  await connect();
  return {
    publish(topic) {
      local.publish(topic);
      waiting.add(topic);
      if (!closed) speaking ??= speak();
    },
    subscribe: local.subscribe,
    async close() {
      closed = true;
      clearTimeout(retry);
      await speaking;
      await local.close();
      await client?.end().catch(() => undefined);
    },
  };
}
