import type { WebSocket } from '@fastify/websocket';
import { advance } from './execution-feed.ts';
import {
  CLOSE,
  closeCodeOf,
  CONNECTIONS,
  createPace,
  isLevel,
  newReader,
  react,
  type CloseCode,
  type Reader,
  type StreamMessage,
} from './execution-stream.ts';
import type { Watched } from './execution-streams.ts';
import { createBell, watchful, type Doubts } from './stream.ts';

const HEARTBEAT_MS = 20_000;
/** A client that lets this much pile up is cut off; it comes back with `after`. */
const MAX_BUFFER = 1_048_576;
/** For a client that reads nothing, not even that it is over. */
const GRACE_MS = 2_000;

export interface Connection {
  serve: (watched: Watched, how: { from: number; doubts: Doubts }) => Promise<void>;
  close: (code: CloseCode, reason: string) => void;
}

/** The first message: what there is, so that what follows has something to change. */
export const snapshotOf = ({ nodes, ...execution }: Watched['view'], seq: number): StreamMessage => ({
  type: 'snapshot',
  seq,
  at: new Date().toISOString(),
  data: { execution, nodes, lastSeq: execution.lastSeq },
});

/** Of an execution that had ended before anybody listened. */
export const endOf = ({ status, error, endedAt }: Watched['view'], seq: number): StreamMessage => ({
  type: 'end',
  seq,
  at: endedAt ?? new Date().toISOString(),
  data: { status, error },
});

/** One WebSocket from its opening on. What the client says before it is known who it is waits for that. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function openConnection(socket: WebSocket, logs: string | undefined): Connection {
  const bell = createBell();
  const pace = createPace();
  let reader: Reader = newReader(0, -1, isLevel(logs) ? logs : null);
  let isOver = false;

  function close(code: CloseCode, reason: string): void {
    if (isOver) return;
    isOver = true;
    bell.ring();
    socket.close(code, reason);
    // The closing frame waits behind what is not read.
    setTimeout(() => socket.terminate(), GRACE_MS).unref();
  }
  function send(message: StreamMessage): void {
    if (isOver) return;
    socket.send(JSON.stringify(message));
    if (socket.bufferedAmount > MAX_BUFFER) close(CLOSE.slow, 'too slow: connect again with after');
  }
  const plain = (type: string, data: Record<string, unknown> = {}): StreamMessage => ({ type, seq: reader.seq, at: new Date().toISOString(), data });

  socket.on('close', () => {
    isOver = true;
    bell.ring();
  });
  socket.on('error', () => undefined); // a close follows
  socket.on('message', (raw: Buffer) => {
    if (isOver) return;
    if (!pace()) return close(CLOSE.protocol, 'more than ten messages in a second');
    const reaction = react(reader, raw.toString('utf8'));
    if ('close' in reaction) return close(reaction.close, reaction.reason);
    ({ reader } = reaction);
    if (reaction.answer === 'pong') send(plain('pong'));
    if (reaction.answer === 'subscribed') bell.ring();
  });

  async function pump({ view, feed, previews }: Watched): Promise<void> {
    while (!isOver) {
      const before = reader;
      const found = await advance(feed, before, previews);
      // What the client wished meanwhile stays.
      reader = { ...reader, seq: found.reader.seq, line: reader.line === before.line ? found.reader.line : reader.line };
      for (const message of found.messages) send(message);
      if (!found.ended && !found.more && view.endedAt !== null) send(endOf(view, reader.seq));
      if (found.ended || (!found.more && view.endedAt !== null)) return close(CLOSE.ended, 'the execution has ended');
      if (!found.more && found.messages.length === 0) await bell.wait();
    }
  }

  return {
    close,
    async serve(watched, { from, doubts }) {
      if (isOver) return;
      reader = { ...reader, seq: from, line: reader.line < 0 ? watched.view.lastLine : reader.line };
      const stopHearing = watched.feed.subscribe(bell.ring);
      const beat = setInterval(() => send(plain('heartbeat')), HEARTBEAT_MS);
      const enough = setTimeout(() => close(CLOSE.goingAway, 'open for a day: connect again'), CONNECTIONS.hours * 3_600_000);
      const look = () => watched.look().catch((error: unknown) => close(closeCodeOf(error), 'you may no longer read this'));
      const stopWatching = watchful(look, doubts, () => undefined);
      try {
        send(snapshotOf(watched.view, from));
        await pump(watched);
      } finally {
        clearInterval(beat);
        clearTimeout(enough);
        stopWatching();
        stopHearing();
      }
    },
  };
}
