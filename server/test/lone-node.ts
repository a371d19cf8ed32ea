import type { AnyOperation } from '#kernel/operation.ts';
import type { Purpose } from '#kernel/ai.ts';
import type { Actor } from '#kernel/context.ts';
import type { EgressException } from '#kernel/outbound-egress.ts';
import type { LookUp } from '#kernel/outbound.ts';
import type { Port } from '#kernel/port.ts';
import { createEgress } from '#modules/workflows/egress/adapter.ts';
import { Surroundings } from '#modules/workflows/surroundings.ts';
import { Egress } from '#modules/workflows/egress/port.ts';
import { compileConfig, compileExpression } from '#modules/workflows/expressions/index.ts';
import type { Json } from '#modules/workflows/graph.ts';
import {
  NodeError,
  type AnyNodeType,
  type CallOutcome,
  type FileValue,
  type NodeRun,
  type Result,
  type Woken,
} from '#modules/workflows/nodes/declare.ts';

const TENANT = '018f0000-0000-7000-8000-000000000001';
const NOBODY: Actor = {
  kind: 'user',
  id: 'u',
  name: 'U',
  email: null,
  tenantId: TENANT,
  tenantSlug: 't',
  credentialId: null,
  permissionCap: null,
  ip: null,
};

/** Nothing hangs on the node. */
const NO_TOOLS: NodeRun['tools'] = {
  nodes: [],
  left: () => 0,
  read: async () => undefined,
  call: () => Promise.reject(new Error('no tools')),
  wake: () => Promise.reject(new Error('no tools')),
};

export interface Setting {
  /** Operations by name, as far as a node looks at them. */
  operations?: ReadonlyMap<string, Pick<AnyOperation, 'input'>>;
  input?: Json;
  secrets?: Record<string, string>;
  exceptions?: readonly EgressException[];
  /** A laboratory: this machine may be asked. */
  lab?: boolean;
  look?: LookUp;
  /** The program that sends pings. */
  ping?: string;
  call?: (operation: string, input: Record<string, unknown>, options: { tag?: string; dryRun?: boolean; comment?: string }) => Promise<CallOutcome> | CallOutcome;
  connected?: readonly string[];
  signal?: AbortSignal;
} // prettier-ignore

/** One node without an engine around it: expressions, secrets, files and the way out are the real ones. */
export function createNodeRun(setting: Setting = {}) {
  const files = new Map<string, Uint8Array>();
  const steps = new Map<string, Json>();
  const calls: { operation: string; input: Record<string, unknown>; tag: string | undefined; dryRun: boolean; comment: string | undefined }[] = [];
  const progress: string[] = [];
  const egress = createEgress({
    allowPrivateTargets: setting.lab ?? false,
    closed: new Set(),
    now: () => new Date(),
    ...(setting.look ? { look: setting.look } : {}),
    ...(setting.ping === undefined ? {} : { ping: setting.ping }),
  });
  const now = new Date();
  const scope = { input: setting.input ?? null, trigger: {}, nodes: {}, vars: {}, execution: {}, workflow: {}, tenant: {}, actor: {} };
  const run: NodeRun = {
    tenantId: TENANT, workflowId: TENANT, executionId: TENANT, nodeId: TENANT, key: 'node', path: '', attempt: 1, idempotencyKey: 'key-of-the-node', principal: NOBODY,
    dryRun: false, test: false, now, signal: setting.signal ?? new AbortController().signal, input: setting.input ?? null, startedAt: now,
    ...(setting.connected ? { isConnected: (port: string) => setting.connected!.includes(port) } : {}),
    evaluate: (source, extra) => compileExpression(source).evaluate(scope, { seed: 's', now }, extra),
    log: () => undefined,
    progress: (text) => void progress.push(text),
    tell: () => undefined,
    async step(key, act) {
      if (!steps.has(key)) steps.set(key, await act());
      return steps.get(key) as never;
    },
    async call(operation, input, { tag, dryRun = false, comment } = {}) {
      calls.push({ operation, input, tag, dryRun, comment });
      if (!setting.call) throw new Error(`nobody answers ${operation}`);
      return setting.call(operation, input, { ...(tag === undefined ? {} : { tag }), dryRun });
    },
    tx: async (work) => work({ db: { select: () => ({ from: () => ({ where: async () => setting.exceptions ?? [] }) }) }, tenantId: TENANT } as never),
    provider: <T>(port: Port<T>): T => {
      if (port.port === Surroundings.port) return { operations: setting.operations ?? new Map() } as T;
      if (port.port !== Egress.port) throw new Error(`no ${port.port} here`);
      return egress as T;
    },
    files: {
      async put(bytes, { name, mime }) {
        const id = `file-${files.size}`;
        files.set(id, bytes);
        return { $file: id, name, mime, size: bytes.length };
      },
      get: async ({ $file }: FileValue) => files.get($file)!,
    },
    answer: () => false,
    inputAt: () => undefined, recorded: () => undefined, offered: async () => [], used: () => undefined, taint: () => [], tools: NO_TOOLS,
    asking: async (purpose: Purpose) => ({ tenantId: TENANT, actor: NOBODY, purpose }), bind: async () => undefined,
    startChild: async () => ({ executionId: '' }),
  }; // prettier-ignore
  const resolved = (type: AnyNodeType, config: Record<string, Json>) =>
    compileConfig(type, config).resolve(scope, { seed: 's', now, secrets: setting.secrets ?? {} });
  return {
    run, calls, files, progress, egress,
    /** As the engine does it: the configuration resolved and held against its schema first. */
    start: async (type: AnyNodeType, config: Record<string, Json>): Promise<Result> => type.run!(run, resolved(type, config).config),
    resume: async (type: AnyNodeType, config: Record<string, Json>, woken: Woken, state: Json): Promise<Result> =>
      type.resume!(run, resolved(type, config).config, woken, JSON.parse(JSON.stringify(state)) as Json),
    simulate: async (type: AnyNodeType, config: Record<string, Json>) => type.simulate!(run, resolved(type, config).config),
    shown: (type: AnyNodeType, config: Record<string, Json>) => resolved(type, config).shown,
  }; // prettier-ignore
}

/** The output of a result that has one. */
export function outputOf(result: Result): Record<string, Json> & { to?: string } {
  if (!('output' in result)) throw new Error(`no output: ${JSON.stringify(result)}`);
  return { ...(result.output as Record<string, Json>), ...(result.to === undefined ? {} : { to: result.to }) };
}

/** The error that a run ends with. */
export async function faultOf(work: Promise<unknown>): Promise<NodeError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof NodeError)) throw new Error(`no error of a node: ${String(error)}`, { cause: error });
  return error;
}
