import { useEffect, useState } from 'react';
import type { Execution } from '../types.ts';
import { startFollowing } from './follower.ts';
import { START, type Link } from './link.ts';
import { hear, seen, UNSEEN, type Live, type Message } from './view.ts';
import { waysTo } from './ways.ts';

/** Many messages of one moment are one drawing. */
const GATHER_MS = 60;

const firstOf = ({ status, progress, nodes, lastSeq }: Execution): Live => seen(UNSEEN, { status, progress, records: nodes, seq: lastSeq });

/** What agents say is not in the reading of the whole: where there are some, the stream is told from its beginning. */
const THINKS: ReadonlySet<string> = new Set(['ai_agent', 'planner']);
const beginningOf = ({ graph, lastSeq }: Execution): number => (graph?.nodes.some(({ type }) => THINKS.has(type)) ? 0 : lastSeq);

interface Snapshot {
  execution: Pick<Execution, 'status' | 'progress'>;
  nodes: Execution['nodes'];
  lastSeq: number;
}
function take(live: Live, message: Message): Live {
  if (message.type !== 'snapshot') return hear(live, message);
  const { execution, nodes, lastSeq } = message.data as unknown as Snapshot;
  return seen(live, { status: execution.status, progress: execution.progress, records: nodes, seq: lastSeq });
}

/** One execution as it moves: over a socket, else server-sent events, else by asking; it goes on after what was heard when cut off. */
export function useExecutionStream(execution: Execution): { live: Live; link: Link } {
  const { id, endedAt } = execution;
  const [live, setLive] = useState(() => firstOf(execution));
  const [from] = useState(() => beginningOf(execution));
  const [link, setLink] = useState<Link>({ ...START, after: from, phase: endedAt ? 'ended' : 'connecting' });
  // Read again, it may know more than what was heard.
  useEffect(() => setLive((now) => seen(now, { ...execution, records: execution.nodes, seq: execution.lastSeq })), [execution]);
  // A reading may know of the end before the stream has told all: the stream is followed to its own end, or lines of the log would be lost.
  const over = endedAt !== null && (link.phase === 'ended' || link.phase === 'refused');
  useEffect(() => {
    if (over) return setLink((now) => ({ ...now, phase: 'ended' }));
    let waiting: Message[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = (): void => {
      timer = undefined;
      const messages = waiting;
      waiting = [];
      setLive((now) => messages.reduce(take, now));
    };
    const follower = startFollowing(waysTo(id), from, {
      message: (message) => {
        waiting.push(message);
        timer ??= setTimeout(flush, GATHER_MS);
      },
      link: setLink,
    });
    const onVisible = (): void => follower.hold(document.hidden);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      document.removeEventListener('visibilitychange', onVisible);
      follower.stop();
      clearTimeout(timer);
      // What was heard last is shown all the same.
      flush();
    };
    // oxlint-disable-next-line react/exhaustive-deps -- where it begins matters once: afterwards the follower knows better than what was read
  }, [id, over]);
  return { live, link };
}
