import type { Actor } from '#kernel/context.ts';
import { follow, type LogLevel, type Reader, type StreamMessage } from './execution-stream.ts';

interface FeedLine {
  seq: number;
  at: string;
  [field: string]: unknown;
}

/** What an execution has said, as it can be read from any place, and a hint when there is more. */
export interface ExecutionFeed {
  /** Oldest first, at most `PAGE`, those after a number. With `previews` what nodes made is shown in short. */
  messages: (after: number, previews: boolean) => Promise<StreamMessage[]>;
  /** Lines of the log of at least a level, oldest first, at most `PAGE`. */
  lines: (after: number, level: LogLevel) => Promise<FeedLine[]>;
  subscribe: (hear: () => void) => () => void;
}
export const PAGE = 200;

/** What the streams of executions need of those who keep them. */
export interface ExecutionFeeds {
  of: (tenantId: string, executionId: string) => ExecutionFeed;
  /** Who asked for a ticket, if it is good for this execution; from then on it is not. */
  redeem: (ticket: string, executionId: string) => Promise<Actor | undefined>;
  /** The same person as they are now. Throws `unauthenticated`. */
  revive: (actor: Actor) => Promise<Actor>;
}

export interface Advance {
  messages: StreamMessage[];
  reader: Reader;
  /** There is more to read right away. */
  more: boolean;
  /** The last message was the end. */
  ended: boolean;
}

/** What there is for a reader now. All lines of a log come before the end, after which nothing does. */
export async function advance(feed: ExecutionFeed, reader: Reader, previews: boolean): Promise<Advance> {
  const found = await feed.messages(reader.seq, previews);
  const lines = reader.logs === null ? [] : await feed.lines(reader.line, reader.logs);
  const isWhole = lines.length < PAGE;
  const messages = isWhole ? found : found.filter(({ type }) => type !== 'end');
  const last = messages.at(-1);
  const next = { ...follow(reader, messages), line: lines.at(-1)?.seq ?? reader.line };
  const ended = last?.type === 'end';
  const seq = ended ? last.seq - 1 : next.seq;
  const said = lines.map((line) => ({ type: 'log', seq, at: line.at, data: { ...line } }));
  return { messages: ended ? [...messages.slice(0, -1), ...said, last] : [...messages, ...said], reader: next, more: found.length === PAGE || !isWhole, ended };
} // prettier-ignore
