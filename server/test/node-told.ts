import type { Actor } from '#kernel/context.ts';
import { providerOf, type Adapters } from '#kernel/port.ts';
import type { WorkContext } from '#kernel/work.ts';
import { compileExpression } from '#modules/workflows/expressions/index.ts';
import type { Json } from '#modules/workflows/graph.ts';
import type { CallOutcome, FileValue, NodeRun, NodeType } from '#modules/workflows/nodes/declare.ts';

export interface Told {
  logs: { level: string; message: string }[];
  told: { type: string; payload: Record<string, Json> }[];
  calls: { operation: string; input: Record<string, unknown> }[];
  children: { workflow: string; inputs: Json; tag?: string }[];
  answers: Parameters<NodeRun['answer']>[0][];
}

export interface RunOptions {
  input?: Json;
  now?: Date;
  startedAt?: Date;
  dryRun?: boolean;
  adapters?: Adapters;
  nodes?: Record<string, { status: string; output?: Json }>;
  /** What the Gate says to each call. */
  outcome?: CallOutcome;
  /** Somebody waits for an answer. */
  awaited?: boolean;
  files?: Record<string, Uint8Array>;
  tx?: WorkContext;
}

const principal: Actor = { kind: 'user', id: '00000000-0000-7000-8000-000000000001', name: 'Ana', email: null, tenantId: '00000000-0000-7000-8000-00000000000a', tenantSlug: 'acme', credentialId: null, permissionCap: null, ip: null }; // prettier-ignore

/** A run of a node outside any engine: what it asks for is written down. */
export function nodeRun(options: RunOptions = {}): NodeRun & Told {
  const { input = null, now = new Date('2026-11-21T00:00:00Z'), nodes = {}, adapters = new Map(), files = {} } = options;
  const told: Told = { logs: [], told: [], calls: [], children: [], answers: [] };
  const scope = { input, trigger: {}, nodes, vars: {}, execution: {}, workflow: {}, tenant: {}, actor: {} };
  const steps = new Map<string, Promise<Json>>();
  return {
    ...told,
    tenantId: principal.tenantId,
    workflowId: '00000000-0000-7000-8000-0000000000b0',
    executionId: '00000000-0000-7000-8000-0000000000e0',
    nodeId: '00000000-0000-7000-8000-0000000000d0',
    key: 'it',
    path: '',
    attempt: 1,
    idempotencyKey: 'KEY234',
    principal,
    dryRun: options.dryRun ?? false,
    test: false,
    now,
    signal: new AbortController().signal,
    input,
    startedAt: options.startedAt ?? now,
    evaluate: (source, extra) => compileExpression(source).evaluate({ ...scope, ...(extra ? { extra } : {}) }, { seed: 'test', now }),
    log: (level, message) => void told.logs.push({ level, message }),
    progress: () => undefined,
    tell: (type, payload) => void told.told.push({ type, payload }),
    step: (key, act) => {
      const known = steps.get(key) ?? act();
      steps.set(key, known);
      return known as ReturnType<typeof act>;
    },
    async call(operation, given) {
      told.calls.push({ operation, input: given });
      return options.outcome ?? { status: 'done', output: null, changeId: null };
    },
    tx: (work) => work(options.tx ?? ({ tenantId: principal.tenantId, provider: providerOf(adapters) } as WorkContext)),
    provider: providerOf(adapters),
    files: {
      put: async (bytes, { name, mime }): Promise<FileValue> => ({ $file: name, name, mime, size: bytes.length }),
      get: async ({ $file }) => files[$file]!,
    },
    answer(response) {
      told.answers.push(response);
      return (options.awaited ?? true) && told.answers.length === 1;
    },
    inputAt: () => undefined,
    recorded: () => undefined,
    offered: async () => [],
    used: () => undefined,
    async asking(purpose) {
      const { tenantId, workflowId, executionId, nodeId } = this;
      return { tenantId, actor: principal, purpose, workflowId, executionId, nodeId };
    },
    bind: async () => undefined,
    taint: () => [],
    tools: {
      nodes: [],
      left: () => 0,
      read: async () => undefined,
      call: () => Promise.reject(new Error('no tools')),
      wake: () => Promise.reject(new Error('no tools')),
    },
    async startChild(child) {
      told.children.push(child);
      return { executionId: `child-${child.tag ?? ''}` };
    },
  };
}

/** Runs a node with a configuration as its schema reads it. */
export const runOf = async <C extends NodeType['config']>(type: NodeType<C>, config: unknown, run: NodeRun) =>
  type.run!(run, type.config.parse(config));
/** Wakes it after a wait. */
export const wakeOf = async <C extends NodeType['config']>(type: NodeType<C>, config: unknown, run: NodeRun, ...[woken, state]: [Parameters<NonNullable<NodeType['resume']>>[2], Json?]) =>
  type.resume!(run, type.config.parse(config), woken, state ?? null); // prettier-ignore
