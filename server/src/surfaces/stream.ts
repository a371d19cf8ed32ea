import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#kernel/problem.ts';

/** One server-sent event. `event` is left out for the browser's default, `message`. */
export interface StreamEvent {
  id: string;
  event?: string;
  data: unknown;
}

/** A log that can be read from any place, and a hint when there is more of it. */
export interface Feed {
  /**
   * Oldest first, after `position`. With null a Change's feed starts at its beginning, a tenant's feed at now. The answer's
   * `position` is where to go on; it may move although no event was for us.
   */
  read: (position: string | null) => Promise<{ events: StreamEvent[]; position: string | null }>;
  subscribe: (hear: () => void) => () => void;
}

export interface Feeds {
  change: (tenantId: string, changeId: string) => Feed;
  tenant: (tenantId: string) => Feed;
}

const HEARTBEAT_MS = 15_000;
/** A stream may outlive its session or grant, so the Gate is asked again this often. */
const RECHECK_MS = 60_000;
const RETRY_MS = 3_000;
/** A reader that lets this much pile up is cut off; it comes back with Last-Event-ID. */
const MAX_BUFFER = 1_048_576;

export interface StreamLimits {
  perActor: number;
  total: number;
}

const line = (text: string): string => text.replace(/[\r\n\0]/g, ' ');

/** The wire form (WHATWG HTML, server-sent events). JSON has no raw line breaks, so one data line is enough. */
export const frame = ({ id, event, data }: StreamEvent): string =>
  `id: ${line(id)}\n${event ? `event: ${line(event)}\n` : ''}data: ${JSON.stringify(data)}\n\n`;

interface Open {
  request: FastifyRequest;
  reply: FastifyReply;
  feed: Feed;
  actorId: string;
  /** Throws when the caller may no longer read this. */
  recheck: () => Promise<unknown>;
}

/** The reader's end: never resolves while the stream is open, then tells why it ended. */
export function createStreams(limits: StreamLimits = { perActor: 20, total: 2_000 }) {
  const open = new Set<{ actorId: string; end: (retryMs: number) => void }>();

  function admit(actorId: string): void {
    const own = [...open].filter((stream) => stream.actorId === actorId).length;
    if (own < limits.perActor && open.size < limits.total) return;
    throw new Problem('rate-limited', `Too many open event streams (${own} of your own). Close one and try again.`, { retryAfterSeconds: 5 });
  }

  async function serve({ request, reply, feed, actorId, recheck }: Open): Promise<void> {
    admit(actorId);
    const { raw } = reply;
    let ended = false;
    let wake = (): void => undefined;
    const end = (retryMs: number): void => {
      if (!ended) raw.end(`retry: ${retryMs}\n\n`);
      ended = true;
      wake();
    };
    const stream = { actorId, end };
    open.add(stream);
    const write = (text: string): void => {
      if (ended) return;
      raw.write(text);
      if (raw.writableLength > MAX_BUFFER) end(RETRY_MS);
    };
    let hinted = true;
    const hear = (): void => {
      hinted = true;
      wake();
    };
    const stopHearing = feed.subscribe(hear);
    const beat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS);
    const check = setInterval(() => void recheck().catch(() => end(RETRY_MS)), RECHECK_MS);
    raw.on('close', () => {
      ended = true;
      wake();
    });
    try {
      const last = request.headers['last-event-id'];
      let position = typeof last === 'string' && /^[\w.:-]{1,200}$/.test(last) ? last : null;
      reply.hijack();
      raw.writeHead(200, {
        ...reply.getHeaders(),
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      } as Record<string, string>);
      write(`retry: ${RETRY_MS}\n\n`);
      while (!ended) {
        if (!hinted) await new Promise<void>((done) => (wake = done));
        hinted = false;
        if (ended) break;
        const news = await feed.read(position);
        if (news.events.length > 0) hinted = true; // there may be another page
        position = news.position;
        for (const event of news.events) write(frame(event));
      }
    } catch (error) {
      request.log.warn({ err: error }, 'event stream ended');
      end(RETRY_MS);
    } finally {
      clearInterval(beat);
      clearInterval(check);
      stopHearing();
      open.delete(stream);
    }
  }

  return {
    serve,
    /** Ends every stream; readers come back after a moment, spread out, to another process. */
    drain(): void {
      for (const { end } of open) end(1_000 + Math.floor(Math.random() * 4_000));
    },
    count: () => open.size,
  };
}
export type Streams = ReturnType<typeof createStreams>;

/** A singular from an operation's plural: `servers` is about a `server`, `policies` about a `policy`. */
const singular = (plural: string): string => plural.replace(/ies$/, 'y').replace(/s$/, '');

/**
 * What one caller may hear of a tenant's events: only those about things that it may read, and of them only which one and what
 * happened. Content is read through the Gate, where Scope is decided.
 */
export function hintsFor(feed: Feed, readable: () => ReadonlySet<string>): Feed {
  return {
    subscribe: feed.subscribe,
    async read(position) {
      const news = await feed.read(position);
      const resources = readable();
      const events = news.events.flatMap(({ id, data }) => {
        const { type, changeId, data: content } = data as { type: string; changeId?: string | null; data?: Record<string, unknown> };
        if (!resources.has(type.split('.')[0]!)) return [];
        return [{ id, data: { type, ...(changeId ? { changeId } : {}), data: idsOf(content ?? {}) } }];
      });
      return { events, position: news.position };
    },
  };
}

const idsOf = (content: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(content).filter(([name, value]) => (name === 'id' || name.endsWith('Id') || name === 'state') && typeof value === 'string'),
  );

/** Resources that a set of operation names lets one read, in the singular, as event types name them. */
export const readableResources = (names: Iterable<string>): Set<string> =>
  new Set([...names].flatMap((name) => name.split('.').slice(0, -1).map(singular)));
