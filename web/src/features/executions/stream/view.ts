import type { Json } from '#lib/types.ts';
import { hearAgent, UNSAID, type Conversation } from '../agent/turns.ts';
import { isEnded, type Fault, type LogLine, type NodeRecord } from '../types.ts';
import type { NodeState } from '#features/workflow-graph/types.ts';

/** A message of the live stream (workflows.md 14.4), flat: what it is about stands beside `type`, `seq` and `at`. */
export interface Message {
  type: string;
  seq: number;
  at: string;
  data: Readonly<Record<string, Json>>;
}

/** What of an execution moves while it is looked at. */
export interface Live {
  status: string;
  /** Percent, where it is known. */
  progress: number | null;
  records: readonly NodeRecord[];
  logs: readonly LogLine[];
  /** What a node says of itself meanwhile, by node id. */
  steps: ReadonlyMap<string, { text: string; percent: number | null }>;
  /** What agents say and do, by where they stand: node id and place in loops. */
  agents: ReadonlyMap<string, Conversation>;
  /** Up to here agents were heard: pieces of what is said are not to be put together twice. */
  heard: number;
  /** Up to here the records are those of a snapshot: what is told again changes nothing but the log. */
  known: number;
  /** Counts what asks for a reading of the whole: Changes, decisions, doubts. */
  stirred: number;
}
export const UNSEEN: Live = {
  status: '',
  progress: null,
  records: [],
  logs: [],
  steps: new Map(),
  agents: new Map(),
  heard: 0,
  known: 0,
  stirred: 0,
};

/** A chatty loop must not fill the page; the log's own list has everything. */
const KEEP_LINES = 10_000;

const NODE_STATUS: Readonly<Record<string, NodeState>> = {
  'node.started': 'running',
  'node.completed': 'completed',
  'node.failed': 'failed',
  'node.skipped': 'skipped',
  'node.retrying': 'retrying',
  'node.waiting': 'waiting',
  'input.requested': 'paused',
  in_doubt: 'in_doubt',
};
const STIRS: ReadonlySet<string> = new Set(['approval.requested', 'approval.decided', 'input.requested', 'in_doubt', 'change', 'node.waiting']); // prettier-ignore

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const number = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null);

/** One run of one node: its node, its place in loops, its try. */
const sameRun = (a: Pick<NodeRecord, 'nodeId' | 'path' | 'attempt'>, b: Pick<NodeRecord, 'nodeId' | 'path' | 'attempt'>): boolean =>
  a.nodeId === b.nodeId && a.path === b.path && a.attempt === b.attempt;

/** Where its value left, as far as the message says: one port, or several. */
function portOf({ data }: Message): { port?: string } {
  const ports = Array.isArray(data['ports']) ? data['ports'].filter((port) => typeof port === 'string') : [];
  return ports.length > 0 ? { port: ports.join(',') } : {};
}

const statusOf = ({ type, data }: Message): NodeState => (data['cancelled'] === true ? 'cancelled' : NODE_STATUS[type]!);
const OVER: ReadonlySet<NodeState> = new Set(['completed', 'failed', 'skipped', 'cancelled']);

const begun = ({ at, data }: Message): NodeRecord => ({
  id: text(data['recordId']) || `${text(data['nodeId'])} ${text(data['iteration'])} ${number(data['attempt']) ?? 1}`,
  nodeId: text(data['nodeId']),
  key: text(data['key']),
  type: text(data['nodeType']),
  path: text(data['iteration']),
  attempt: number(data['attempt']) ?? 1,
  status: 'pending',
  effect: null,
  error: null,
  port: null,
  waiting: null,
  changeId: null,
  calledBy: null,
  tokens: null,
  cost: null,
  reused: false,
  startedAt: new Date(Date.parse(at) - (number(data['durationMs']) ?? 0)).toISOString(),
  endedAt: null,
  durationMs: null,
});

function recordOf(message: Message, before: NodeRecord | undefined): NodeRecord {
  const { at, data } = message;
  const status = statusOf(message);
  const base = before ?? begun(message);
  const duration = number(data['durationMs']);
  return {
    ...base,
    ...portOf(message),
    status,
    startedAt: status === 'skipped' ? null : (base.startedAt ?? at),
    ...(OVER.has(status) ? { endedAt: at, waiting: null } : {}),
    ...(duration === null ? {} : { durationMs: duration }),
    ...(data['error'] ? { error: data['error'] as unknown as Fault } : {}),
  };
}

function withRecord(records: readonly NodeRecord[], message: Message): readonly NodeRecord[] {
  const { data } = message;
  const wanted = { nodeId: text(data['nodeId']), path: text(data['iteration']), attempt: number(data['attempt']) ?? 1 };
  const at = records.findIndex((record) => sameRun(record, wanted));
  const next = recordOf(message, records[at]);
  return at < 0 ? [...records, next] : records.with(at, next);
}

const lineOf = ({ seq, at, data }: Message): LogLine => ({
  seq: number(data['seq']) ?? seq,
  at: text(data['at']) || at,
  level: (text(data['level']) || 'info') as LogLine['level'],
  nodeId: text(data['nodeId']) || null,
  iteration: text(data['iteration']) || null,
  message: text(data['message']),
  data: data['data'] ?? null,
});

/** Lines in their order, each once: a line may come with the first reading and with the stream. */
export function withLines(lines: readonly LogLine[], more: readonly LogLine[]): readonly LogLine[] {
  const last = lines.at(-1)?.seq ?? -1;
  const fresh = more.filter(({ seq }) => seq > last);
  if (more.length === 1 && fresh.length === 1) return [...lines, ...fresh].slice(-KEEP_LINES);
  const bySeq = new Map([...lines, ...more].map((line) => [line.seq, line]));
  return bySeq.size === lines.length ? lines : [...bySeq.values()].sort((a, b) => a.seq - b.seq).slice(-KEEP_LINES);
}

function withStep(live: Live, { data }: Message): Live {
  const steps = new Map(live.steps).set(text(data['nodeId']), { text: text(data['text']), percent: number(data['percent']) });
  return { ...live, steps };
}

/** Where an agent stands: its node, and its place in loops. */
export const placeOf = ({ nodeId, path }: Pick<NodeRecord, 'nodeId' | 'path'>): string => `${nodeId} ${path}`;
function withAgent(live: Live, { type, seq, data }: Message): Live {
  if (seq <= live.heard) return live;
  const place = placeOf({ nodeId: text(data['nodeId']), path: text(data['iteration']) });
  return { ...live, heard: seq, agents: new Map(live.agents).set(place, hearAgent(live.agents.get(place) ?? UNSAID, type, data)) };
}

const withStatus = (live: Live, data: Message['data']): Live => ({
  ...live,
  status: text(data['status']) || live.status,
  progress: number(data['progress']) ?? live.progress,
});

/** What is shown, with one message more. */
export function hear(live: Live, message: Message): Live {
  const { type, seq, data } = message;
  if (type === 'log') return { ...live, logs: withLines(live.logs, [lineOf(message)]) };
  if (type.startsWith('agent.')) return withAgent(live, message);
  // A snapshot was taken after this had happened.
  if (seq <= live.known) return live;
  // That it is tried again is told by the execution itself.
  const moved = STIRS.has(type) || data['retryAt'] !== undefined ? { ...live, stirred: live.stirred + 1 } : live;
  if (type === 'execution.status' || type === 'end') return withStatus(moved, data);
  if (type === 'node.progress') return withStep(moved, message);
  if (type in NODE_STATUS && text(data['nodeId']) !== '') return { ...moved, records: withRecord(live.records, message) };
  return moved;
}

/** The whole as it was at one moment; the log goes on from what is here. */
export const seen = (live: Live, snapshot: { status: string; progress: number | null; records: readonly NodeRecord[]; seq: number }): Live =>
  snapshot.seq < live.known
    ? live
    : { ...live, status: snapshot.status, progress: snapshot.progress, records: snapshot.records, known: snapshot.seq };

export const hasEnded = ({ status }: Pick<Live, 'status'>): boolean => isEnded(status);
