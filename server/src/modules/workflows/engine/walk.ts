import type { Statement } from '#kernel/database.ts';
import type { Json } from '../graph.ts';
import type { NodeView, Scope } from '../expressions/index.ts';
import type { Effect, NodeFault, Result, Woken } from '../nodes/declare.ts';
import type { Tools } from '../nodes/tools.ts';
import type { NodeState } from '../executions/rules.ts';
import type { MergePolicy } from './flow.ts';
import type { LoopConfig, Failed } from './loop-rules.ts';
import type { Program, ProgramNode } from './program.ts';
import type { Start } from '../providers/port.ts';
import type { CalledBy, ExecutionRow, WaitKind, WaitRow } from './tables.ts';

/** A node record as it is written: one attempt at one place. */
export interface Rec {
  id: string;
  nodeId: string;
  key: string;
  type: string;
  path: string;
  attempt: number;
  status: NodeState;
  effect: Effect;
  round: number;
  idempotencyKey?: string;
  input?: Json;
  output?: Json;
  port?: string | null;
  many?: boolean;
  error?: NodeFault;
  state?: Json;
  steps?: Record<string, Json>;
  would?: Json;
  changeId?: string;
  calledBy?: CalledBy;
  /** Of models, in and out; cost in millionths of a US dollar. */
  tokens?: number;
  cost?: number;
  logCount?: number;
  startedAt?: Date;
  endedAt?: Date;
  durationMs?: number;
  /** Filled where it is written: payloads that do not lie in the row. */
  sealed?: string;
  outputBlob?: string;
  /** A sensitive node fed it: what it goes on from after a wait is sealed. */
  fed?: true;
  /** Its output lies in the database alone: too large to be kept in mind until an agent reads on in it. */
  left?: true;
}

/** A wait as it stands in the database; `retry` and `merge` are our own. */
interface OpenWait {
  id: string;
  kind: WaitKind;
  dueAt: Date | null;
  person: boolean;
}

/** A node at one place in loops. */
export interface Spot {
  node: ProgramNode;
  frame: Frame;
  status: NodeState | 'idle';
  settled: boolean;
  /** Values by the port that they left by; what is not in it is dead. */
  ports: ReadonlyMap<string, Json>;
  error: NodeFault | undefined;
  /** The error of a branch that this one is in. */
  inherited: NodeFault | undefined;
  rec: Rec | undefined;
  attempt: number;
  /** Attempts here that belong to former ones at the whole. */
  before: number;
  round: number;
  /** Number of the settlement: which came first. */
  order: number;
  abort: AbortController | undefined;
  loop: LoopRun | undefined;
  waits: OpenWait[];
  /** Waits that have come about, and are closed with whatever the node makes of them. */
  spent: string[];
  /** In-memory pauses of less than five seconds, and Merge timeouts. */
  timer: NodeJS.Timeout | undefined;
  /** A Merge whose time is up. */
  late: boolean;
  /** Secrets that it has its turn at, or the agent that calls it; and for how many milliseconds it has waited for that. */
  turns?: readonly string[];
  lined?: number;
  account?: string | undefined; // Pays for models, where that is not the execution: of the agent that it is, or that calls it.
  /** A tool that an agent calls: how it ends is told to the agent, and nothing in the graph follows from it. */
  called?: { done: (ports: ReadonlyMap<string, Json>) => void; failed: (error: unknown) => void };
}

/** One iteration of a loop's body, or the whole graph outside of loops. */
export interface Frame {
  path: string;
  parent: Frame | undefined;
  /** The loop whose iteration it is. */
  loop: LoopRun | undefined;
  index: number;
  item: Json;
  spots: Map<string, Spot>;
  /** Nodes that are not settled. */
  open: number;
  /** What expressions see of nodes, by key; those outside of the loop included. */
  views: Record<string, NodeView>;
  /** What came back to the loop. */
  returned: Json;
  fault: NodeFault | undefined;
  closed: boolean;
}

export interface LoopRun {
  spot: Spot;
  config: LoopConfig;
  input: Json;
  /** Undefined for while and do_while, which find out. */
  turns: Json[] | undefined;
  next: number;
  running: Map<number, Frame>;
  results: Map<number, Json>;
  failed: Failed[];
  last: Json;
  accumulator: Json | undefined;
  broken: boolean;
  fault: NodeFault | undefined;
  /** A pause between iterations is under way. */
  pausing: boolean;
}

export interface Said {
  at: Date;
  type: string;
  payload: Record<string, Json>;
}
export interface LogLine {
  at: Date;
  level: 'debug' | 'info' | 'warn' | 'error';
  nodeId: string | null;
  path: string | null;
  message: string;
  data: Json;
}
export interface NewWait {
  id: string;
  nodeId: string;
  key: string;
  path: string;
  kind: WaitKind;
  dueAt?: Date;
  eventTypes?: readonly string[];
  matchKey?: string;
  since?: Date;
  changeId?: string;
  childIds?: readonly string[];
  tokenHash?: string;
  form?: Json;
  assignees?: readonly string[];
  title?: string;
  person?: boolean;
}

interface Stopping {
  status: 'failed' | 'timed_out' | 'cancelled';
  fault: NodeFault;
  /** When nodes that still run are given up. */
  until: number;
}

/** What is to be written with the next commit. */
export interface Outbox {
  records: Set<Rec>;
  events: Said[];
  logs: LogLine[];
  waits: NewWait[];
  closed: string[];
  /** Effects on our own tables: done in the transaction of their checkpoint. */
  commits: { spot: Spot; act: Extract<Result, { commit: unknown }>['commit'] }[];
  /** Executions that are begun in the same transaction. */
  children: Start[];
  /** Events of the platform. */
  told: { name: string; data: Record<string, Json> }[];
}

/** Parts of the interpreter that settling a node leads to and that settle nodes themselves: bound to the walk, so that files import each other in one direction. */
export interface Parts {
  restore: (walk: Walk, spot: Spot, rec: Rec) => boolean;
  startLoop: (walk: Walk, spot: Spot) => void;
  endIteration: (walk: Walk, frame: Frame) => void;
  merge: (walk: Walk, spot: Spot, places: readonly number[]) => void;
  mergePolicyOf: (spot: Spot) => MergePolicy;
  startMergeTimer: (walk: Walk, spot: Spot) => void;
}

/** One execution in the memory of the process that holds it. */
export interface Walk {
  parts: Parts;
  row: ExecutionRow;
  program: Program;
  workflow: { id: string; name: string; environment: string | null };
  vars: Readonly<Record<string, string>>;
  root: Frame;
  /** The last record of each place, as it was found. */
  found: Map<string, Rec>;
  /** The same of attempts at the whole that failed: what stands there counts no more, and the place is run anew. */
  former: Map<string, Rec>;
  /** Records of tools that were called since, by place. */
  called: Map<string, Rec>;
  /** Waits that were open when it was taken up, by place. */
  waits: Map<string, WaitRow[]>;
  out: Outbox;
  queue: (() => void)[];
  /** Nodes that are ready and find no place among those that run at once. */
  backlog: Spot[];
  /** Attempts under way, and pauses in memory. */
  active: Set<Spot>;
  /** Nodes that wait and hold no worker. */
  sleeping: Set<Spot>;
  settlements: number;
  done: number;
  failures: NodeFault[];
  runs: number;
  response: ExecutionRow['response'];
  /** As far as it is written down: only then the caller is told. */
  responded: ExecutionRow['response'];
  stopping: Stopping | undefined;
  pausing: boolean;
  /** Nothing more is done or written: it ended, waits, or is another's by now. */
  over: boolean;
  /** What is the same for every expression of the run. */
  base: Omit<Scope, 'input' | 'nodes'>;
  /** Starts an attempt at a node that is not the interpreter's own. */
  begin: (spot: Spot) => void;
  resume: (spot: Spot, woken: Woken) => void;
  /** What hangs on a node as tools. */
  toolsOf: (spot: Spot) => Tools;
  /** Told of what nobody expected. */
  onError: (error: Error) => void;
  /** Something changed in memory: look what can be done now. */
  wake: () => void;
  /** Write soon: somebody looks on, or an effect waits for its intent. */
  save: () => Promise<void>;
  /** Within a moment: somebody may look on. */
  saveSoon: () => void;
  logLines: number;
  logBytes: number;
  /** Writes of this execution so far, and nodes of the graph. */
  writes: number;
  total: number;
  birth?: Statement | undefined; // Stores the execution with its first write (durability: end).
  ending?: { status: string }; // Once that is written.
  hasChildren: boolean;
  account?: string | null; // Pays for models; null where nothing is bounded, undefined before it was asked for.
  /** When it is to be looked at, as it was given back: at first soon, lest something came about before its waits were there to be found. */
  givenBack?: { soon: Date; due: Date };
}

export const placeOf = (nodeId: string, path: string): string => `${nodeId} ${path}`;
/** Place of a call of a tool below that of its agent. */
export const toolPath = (path: string, step: number, index: number): string => `${path}@${step}.${index}`;
export const innerPath = (path: string, index: number): string => (path === '' ? String(index) : `${path}.${index}`);

/** What a timer of the platform holds at most, in milliseconds. */
export const MOST_TIMER = 2_147_483_647;
export const NOTHING: ReadonlyMap<string, Json> = new Map();

const spotOf = (node: ProgramNode, frame: Frame): Spot => ({
  node, frame, status: 'idle', settled: false, ports: NOTHING, error: undefined, inherited: undefined, rec: undefined, attempt: 1, before: 0, round: 0, order: 0,
  abort: undefined, loop: undefined, waits: [], spent: [], timer: undefined, late: false,
}); // prettier-ignore

/** A place for each node of a body. */
export function frameOf(program: Program, loop: LoopRun | undefined, index: number, item: Json): Frame {
  const parent = loop?.spot.frame;
  const frame: Frame = {
    path: parent ? innerPath(parent.path, index) : '',
    parent,
    loop,
    index,
    item,
    spots: new Map(),
    open: 0,
    views: parent ? { ...parent.views } : {},
    returned: null,
    fault: undefined,
    closed: false,
  };
  for (const node of program.bodies.get(loop?.spot.node.id ?? null) ?? []) frame.spots.set(node.id, spotOf(node, frame));
  frame.open = frame.spots.size;
  return frame;
}

export const emptyOutbox = (): Outbox => ({ records: new Set(), events: [], logs: [], waits: [], closed: [], commits: [], children: [], told: [] });
