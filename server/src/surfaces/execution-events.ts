import type { FastifyReply, FastifyRequest } from 'fastify';
import { advance } from './execution-feed.ts';
import { endOf, snapshotOf } from './execution-socket.ts';
import { isLevel, newReader, startOf, type Reader, type StreamMessage } from './execution-stream.ts';
import type { Watched } from './execution-streams.ts';
import type { Feed, StreamEvent, Streams } from './stream.ts';

type EventsRequest = FastifyRequest<{ Querystring: { after?: string; logs?: string } }>;

/** Where a reader is: number of the last message, and of the last log line. */
const idOf = ({ seq, line }: Reader): string => `${seq}.${line}`;
const placeOf = (id: unknown): { seq: string; line: number } | undefined => {
  const [, seq, line] = /^(\d{1,9})\.(\d{1,9})$/.exec(typeof id === 'string' ? id : '') ?? [];
  return seq === undefined ? undefined : { seq, line: Number(line) };
};

/** The messages of an execution as server-sent events: the snapshot first, and whatever follows it until the end. */
function eventsOf({ view, feed, previews }: Watched, from: Reader): Feed {
  let reader = from;
  let begun = false;
  const event = (message: StreamMessage): StreamEvent => ({ id: idOf(reader), event: message.type, data: message });
  return {
    subscribe: feed.subscribe,
    async read() {
      if (!begun) {
        begun = true;
        return { events: [event(snapshotOf(view, reader.seq))], position: idOf(reader), more: true };
      }
      const found = await advance(feed, reader, previews);
      ({ reader } = found);
      const events = found.messages.map(event);
      const wasOver = !found.ended && !found.more && view.endedAt !== null;
      if (wasOver) events.push(event(endOf(view, reader.seq)));
      return { events, position: idOf(reader), more: found.more, ended: found.ended || wasOver };
    },
  };
}

/** A reader that comes back after the end is told by 204 that there is nothing to come back for (WHATWG HTML). */
export async function serveEvents(request: EventsRequest, reply: FastifyReply, watched: Watched, streams: Streams): Promise<unknown> {
  const { view, actor } = watched;
  const last = placeOf(request.headers['last-event-id']);
  if (last && view.endedAt !== null && Number(last.seq) >= view.lastSeq) return reply.code(204).send();
  const { after, logs } = request.query;
  const reader = newReader(startOf(last?.seq ?? after, view.lastSeq), last?.line ?? view.lastLine, isLevel(logs) ? logs : null);
  await streams.serve({ request, reply, feed: eventsOf(watched, reader), actorId: actor.id, recheck: watched.look });
  return undefined;
}
