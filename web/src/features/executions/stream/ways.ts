import { request, urlOf } from '#lib/api.ts';
import { linesAfter } from '../api.ts';
import type { Execution, LogLine } from '../types.ts';
import type { Line, LineEvents, Ways } from './follower.ts';
import type { Message } from './view.ts';

/** A message as it comes over the wire; null for what is none. */
function messageOf(text: string): Message | null {
  try {
    const { type, seq, at, data } = JSON.parse(text) as Partial<Message>;
    return typeof type === 'string' && typeof seq === 'number' && typeof at === 'string' ? { type, seq, at, data: data ?? {} } : null;
  } catch {
    return null;
  }
}

/** Up to where the log was read: lines are numbered apart from messages. */
interface Place {
  line: number;
}
const told = (message: Message, place: Place, on: LineEvents): void => {
  const line = message.type === 'log' ? message.data['seq'] : undefined;
  if (typeof line === 'number') place.line = Math.max(place.line, line);
  on.said(message);
};

function socket(id: string, place: Place, after: number, on: LineEvents): Line {
  const url = new URL(urlOf(`/executions/${id}/stream`, { after }), location.origin);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const made = new WebSocket(url);
  made.addEventListener('open', () => {
    made.send(JSON.stringify({ type: 'subscribe', logs: 'debug', after: place.line }));
    on.opened();
  });
  made.addEventListener('message', ({ data }) => {
    const message = typeof data === 'string' ? messageOf(data) : null;
    if (message) told(message, place, on);
  });
  made.addEventListener('close', ({ code }) => on.closed(code));
  return { close: () => made.close() };
}

const NAMES = [
  'snapshot', 'execution.status', 'node.started', 'node.completed', 'node.failed', 'node.skipped', 'node.retrying', 'node.waiting', 'node.progress',
  'log', 'input.requested', 'approval.requested', 'approval.decided', 'in_doubt', 'change', 'agent.message', 'agent.tool', 'agent.usage', 'end',
]; // prettier-ignore

function events(id: string, place: Place, after: number, on: LineEvents): Line {
  const made = new EventSource(urlOf(`/executions/${id}/events`, { after, logs: 'debug' }), { withCredentials: true });
  const given = new AbortController();
  made.addEventListener('open', () => {
    on.opened();
    // A new stream tells the lines that are written from now on; those of the gap are read.
    void linesAfter(id, place.line, given.signal).then((lines) => lines.forEach((line) => told(logMessage(line), place, on)), () => undefined);
  });
  for (const name of NAMES)
    made.addEventListener(name, ({ data }: MessageEvent<unknown>) => {
      const message = typeof data === 'string' ? messageOf(data) : null;
      if (message) told(message, place, on);
    });
  made.addEventListener('error', () => {
    // The browser would begin again where it was told to; we do, and count.
    made.close();
    on.closed(1006);
  });
  return {
    close() {
      given.abort();
      made.close();
    },
  };
} // prettier-ignore

const logMessage = (line: LogLine): Message => ({ type: 'log', seq: 0, at: line.at, data: line as unknown as Message['data'] });

/** One look at the whole, told as messages. */
function poll(id: string, place: Place, on: LineEvents): Line {
  const given = new AbortController();
  const look = async (): Promise<void> => {
    const execution = await request<Execution>('GET', `/executions/${id}`, { signal: given.signal });
    const { lastSeq, status, endedAt } = execution;
    const data = { execution, nodes: execution.nodes, lastSeq } as unknown as Message['data'];
    on.said({ type: 'snapshot', seq: lastSeq, at: new Date().toISOString(), data });
    for (const line of await linesAfter(id, place.line, given.signal)) told(logMessage(line), place, on);
    if (endedAt) on.said({ type: 'end', seq: lastSeq, at: endedAt, data: { status } });
    else on.closed(1000);
  };
  look().catch(() => !given.signal.aborted && on.closed(1006));
  return { close: () => given.abort() };
}

/** The ways to one execution, best first. */
export function waysTo(id: string): Ways {
  const place: Place = { line: 0 };
  return {
    socket: (after, on) => socket(id, place, after, on),
    events: (after, on) => events(id, place, after, on),
    poll: (_after, on) => poll(id, place, on),
  };
}
