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
   * `position` is where to go on; it may move although no event was for us. `more`: there is more to read right away. `ended`: nothing
   * follows these.
   */
  read: (position: string | null) => Promise<{ events: StreamEvent[]; position: string | null; more?: boolean; ended?: boolean }>;
  subscribe: (hear: () => void) => () => void;
}

export interface Feeds {
  change: (tenantId: string, changeId: string) => Feed;
  tenant: (tenantId: string) => Feed;
}

const HEARTBEAT_MS = 15_000;
/** A stream may outlive its session or grant, so the Gate is asked again this often. */
const RECHECK_MS = 60_000;
/** At the latest so long after something that may concern it has changed. */
const DOUBT_MS = 1_000;
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

/** The writing end of one response: what piles up unread ends it. */
function createWire({ raw }: FastifyReply, onEnd: () => void) {
  const wire = {
    ended: false,
    end(retryMs: number): void {
      if (!wire.ended) raw.end(`retry: ${retryMs}\n\n`);
      wire.ended = true;
      onEnd();
    },
    write(text: string): void {
      if (wire.ended) return;
      raw.write(text);
      if (raw.writableLength <= MAX_BUFFER) return;
      // Not by an end: that would wait behind what is not read, and keep it all for as long as the reader likes.
      wire.ended = true;
      raw.destroy();
    },
  };
  raw.on('close', () => {
    wire.ended = true;
    onEnd();
  });
  return wire;
}
type Wire = ReturnType<typeof createWire>;

const startOf = (request: FastifyRequest): string | null => {
  const last = request.headers['last-event-id'];
  return typeof last === 'string' && /^[\w.:-]{1,8000}$/.test(last) ? last : null;
};

/**
 * Reads the feed to its end, waits for a hint, and again, until the wire has ended. It begins with the first reading: what a page reads
 * once it has seen the stream begin, and what the stream tells from then on, leave no gap.
 */
async function pump(
  feed: Feed,
  wire: Wire,
  from: string | null,
  { news, begin }: { news: { wait: () => Promise<void> }; begin: () => void },
): Promise<void> {
  let position = from;
  let hasBegun = false;
  while (!wire.ended) {
    const page = await feed.read(position);
    if (!hasBegun) begin();
    hasBegun = true;
    position = page.position;
    for (const event of page.events) wire.write(frame(event));
    if (page.ended) return wire.end(RETRY_MS);
    if (page.events.length === 0 && !page.more && !wire.ended) await news.wait();
  }
}

/** A bell that may ring before one listens for it. */
export function createBell() {
  let rung = false;
  let wake = (): void => undefined;
  return {
    ring: (): void => {
      rung = true;
      wake();
    },
    async wait(): Promise<void> {
      if (!rung) await new Promise<void>((done) => (wake = done));
      rung = false;
    },
  };
}

/** Told that sessions, keys or rights have changed somewhere; answers how to stop hearing. */
export type Doubts = (hear: () => void) => () => void;

/** Looks again when there is doubt, and every minute in any case; many doubts at once are one look, and not of all streams in one instant. */
export function watchful(recheck: () => Promise<unknown>, doubts: Doubts, onRefused: () => void): () => void {
  const look = (): void => void recheck().catch(onRefused);
  const check = setInterval(look, RECHECK_MS);
  let soon: NodeJS.Timeout | undefined;
  const stopHearing = doubts(() => {
    soon ??= setTimeout(() => {
      soon = undefined;
      look();
    }, Math.random() * DOUBT_MS);
  });
  return () => {
    clearInterval(check);
    clearTimeout(soon);
    stopHearing();
  };
}

/** The open event streams of this process. */
export function createStreams(doubts: Doubts = () => () => undefined, limits: StreamLimits = { perActor: 20, total: 2_000 }) {
  const open = new Map<Wire, string>();

  function admit(actorId: string): void {
    const own = [...open.values()].filter((owner) => owner === actorId).length;
    if (own < limits.perActor && open.size < limits.total) return;
    throw new Problem('rate-limited', `Too many open event streams (${own} of your own). Close one and try again.`, { retryAfterSeconds: 5 });
  }

  return {
    /** Answers a request with a stream; resolves when the stream has ended. */
    async serve({ request, reply, feed, actorId, recheck }: Open): Promise<void> {
      admit(actorId);
      const bell = createBell();
      const wire = createWire(reply, bell.ring);
      open.set(wire, actorId);
      const stopHearing = feed.subscribe(bell.ring);
      const beat = setInterval(() => wire.write(': still here\n\n'), HEARTBEAT_MS);
      const stopWatching = watchful(recheck, doubts, () => wire.end(RETRY_MS));
      try {
        reply.hijack();
        const headers = reply.getHeaders() as Record<string, string>;
        const begin = (): void => {
          if (reply.raw.headersSent) return; // it was ended meanwhile
          // In small letters, as the others are: here nothing notices that two names are one.
          reply.raw.writeHead(200, {
            ...headers,
            'content-type': 'text/event-stream; charset=utf-8',
            'cache-control': 'no-store',
            'x-accel-buffering': 'no',
          });
          wire.write(`retry: ${RETRY_MS}\n\n`);
        };
        await pump(feed, wire, startOf(request), { news: bell, begin });
      } catch (error) {
        request.log.warn({ requestId: request.id, err: error }, 'event stream ended');
        wire.end(RETRY_MS);
      } finally {
        clearInterval(beat);
        stopWatching();
        stopHearing();
        open.delete(wire);
      }
    },
    /** Ends every stream; readers come back after a moment, spread out, to another process. */
    drain(): void {
      for (const wire of open.keys()) wire.end(1_000 + Math.floor(Math.random() * 4_000));
    },
    count: () => open.size,
  };
}
export type Streams = ReturnType<typeof createStreams>;

/** Events name a thing in the singular, operations in the plural; both are compared without the ending. */
const singular = (name: string): string => name.replace(/ies$/, 'y').replace(/s$/, '');

/** What a caller may read, what of it is their own affair alone, and all that anybody may read; as `readableResources` tells them. */
export interface Hearing {
  readable: ReadonlySet<string>;
  own: ReadonlySet<string>;
  known: ReadonlySet<string>;
  actorId: string;
}

/** An event of something that no operation reads by itself, such as an approval, belongs to the Change that it names. */
const mayHear = (
  { readable, own, known, actorId }: Hearing,
  type: string,
  changeId: string | null | undefined,
  content: Record<string, unknown> = {},
): boolean => {
  const resource = singular(type.split('.')[0]!);
  if (own.has(resource) && content['userId'] === actorId) return true;
  return readable.has(resource) || (!known.has(resource) && typeof changeId === 'string' && readable.has('change'));
};

/**
 * What one caller may hear of a tenant's events: only those about things that it may read, and of them only which one and what
 * happened. Content is read through the Gate, where Scope is decided.
 */
export function hintsFor(feed: Feed, hearing: () => Hearing): Feed {
  return {
    subscribe: feed.subscribe,
    async read(position) {
      const news = await feed.read(position);
      const events = news.events.flatMap(({ id, data }) => {
        const { type, changeId, data: content } = data as { type: string; changeId?: string | null; data?: Record<string, unknown> };
        if (!mayHear(hearing(), type, changeId, content)) return [];
        return [{ id, data: { type, ...(changeId ? { changeId } : {}), data: idsOf(content ?? {}) } }];
      });
      return { ...news, events };
    },
  };
}

const idsOf = (content: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(content).filter(([name, value]) => (name === 'id' || name.endsWith('Id') || name === 'state') && typeof value === 'string'),
  );

/** Resources that a set of operation names is about, as event types are compared with them. */
export const readableResources = (names: Iterable<string>): Set<string> =>
  new Set([...names].flatMap((name) => name.split('.').slice(0, -1).map(singular)));
