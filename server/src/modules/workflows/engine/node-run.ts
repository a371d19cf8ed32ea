import { isForAgents } from '#kernel/agent-tools.ts';
import type { Actor } from '#kernel/context.ts';
import type { Database, Databases } from '#kernel/database.ts';
import type { Via } from '#kernel/gate-steps.ts';
import type { Gate } from '#kernel/gate.ts';
import { newId } from '#kernel/ids.ts';
import type { Target } from '#kernel/operation.ts';
import type { Port } from '#kernel/port.ts';
import type { Registry } from '#kernel/registry.ts';
import { coveringGrant, type Reach } from '#kernel/scope.ts';
import type { Sealer } from '#kernel/seal.ts';
import { Problem } from '#kernel/problem.ts';
import { scrub, scrubValue } from '#kernel/taint.ts';
import type { WorkContext } from '#kernel/work.ts';
import type { Json } from '../graph.ts';
import { NodeError, type CallOutcome, type FileValue, type NodeRun } from '../nodes/declare.ts';
import type { Start } from '../providers/port.ts';
import { Surroundings } from '../surroundings.ts';
import { callOperation } from './calls.ts';
import { principalBelow } from './chain.ts';
import { getFile, putFile } from './files.ts';
import { childId, idempotencyKey } from './keys.ts';
import { evaluate, scopeOf, seedOf } from './scope.ts';
import { isSensitive, say, touch } from './settle.ts';
import { taintAt } from './tainted.ts';
import { inputAt } from './tools.ts';
import { placeOfAttempt } from './traces.ts';
import { veils } from './veil.ts';
import { accountAt, payFor, paying } from './usage-account.ts';
import type { Spot, Walk } from './walk.ts';

interface Child {
  workflowId: string;
  version: number;
  serviceAccountId: string | null;
  /** What it is, where rights decide. */
  target: Target;
}

export interface RunDeps {
  databases: Databases;
  sealer: Sealer;
  gate: () => Gate;
  registry: Pick<Registry, 'operations'>;
  revive: (actor: Actor) => Promise<Actor>;
  provider: <T>(port: Port<T>) => T;
  now: () => Date;
  /** The version that a child runs, by id or slug, and the account that it runs as, if it has one of its own. Throws Problem. */
  childOf: (db: Database, tenantId: string, workflow: string, version?: number) => Promise<Child>;
  /** Somebody waits for this execution's answer, here or elsewhere. */
  isAwaited: (executionId: string) => boolean;
}

/** Lines and bytes of an execution's log (workflows.md 9.11). */
const MOST_LINES = 10_000;
const MOST_LOG_BYTES = 10 * 1_048_576;
const MOST_LINE_DATA = 8 * 1_024;
/** Instead of a line of a sensitive node: what it saw may stand in it. */
const UNSAID = 'What a sensitive node says is not shown.';
const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
/** Executions within executions, and of one (workflows.md 15). */
const MOST_DEEP = 8;

function log(walk: Walk, spot: Spot, level: (typeof LEVELS)[number], said: string, given: Json): void {
  const [message, data] = isSensitive(spot) ? [UNSAID, null] : [said, given];
  const { row, program, out } = walk;
  if (!row.debug && LEVELS.indexOf(level) < LEVELS.indexOf(program.settings.logLevel)) return;
  if (walk.logLines >= MOST_LINES || walk.logBytes >= MOST_LOG_BYTES) return;
  const at = new Date();
  const where = { nodeId: spot.node.id, path: spot.frame.path };
  const text = JSON.stringify(data) ?? 'null';
  const line = { at, level, ...where, message: scrub(message, row.tenantId).slice(0, MOST_LINE_DATA), data: text.length > MOST_LINE_DATA ? text.slice(0, MOST_LINE_DATA) : scrubValue(data, row.tenantId) }; // prettier-ignore
  walk.logLines += 1;
  walk.logBytes += line.message.length + Math.min(text.length, MOST_LINE_DATA);
  out.logs.push(line);
  if (walk.logLines >= MOST_LINES || walk.logBytes >= MOST_LOG_BYTES) out.logs.push({ ...line, level: 'warn', message: 'The log is full: nothing more is kept of this execution.', data: null }); // prettier-ignore
  if (spot.rec) spot.rec.logCount = (spot.rec.logCount ?? 0) + 1;
  walk.saveSoon();
}

/** A step that is done once: its result is in the node's record before the node goes on. */
async function step<T extends Json>(walk: Walk, spot: Spot, key: string, act: () => Promise<T>): Promise<T> {
  const known = spot.rec?.steps?.[key];
  if (known !== undefined) return known as T;
  if (spot.abort?.signal.aborted) throw spot.abort.signal.reason;
  const result = scrubValue(await act(), walk.row.tenantId);
  touch(walk, spot, { steps: { ...spot.rec?.steps, [key]: result } });
  await walk.save();
  return result;
}

const viaOf = (walk: Walk, { node, frame }: Spot): Via => ({
  workflowId: walk.workflow.id, workflow: walk.workflow.name, version: walk.row.version, executionId: walk.row.id, nodeId: node.id, node: node.key, ...placeIn(frame.path),
}); // prettier-ignore

async function called(walk: Walk, deps: RunDeps, spot: Spot, [operation, input, options]: Parameters<NodeRun['call']>): Promise<CallOutcome> {
  const accountId = await accountAt(walk, deps, spot);
  const via = { ...viaOf(walk, spot), ...(accountId === undefined ? {} : { accountId }) };
  return callOperation({ walk, spot, deps, via, step }, operation, input, options);
} // prettier-ignore

/** Calls of tools stand beside loops: `3@2.0` is the first call of the second turn in the fourth iteration. */
function placeIn(path: string): Pick<Via, 'iteration' | 'agentStep'> {
  const [iteration = '', call] = path.split('@');
  return { iteration, ...(call === undefined ? {} : { agentStep: Number.parseInt(call, 10) }) };
}

const contextOf = (walk: Walk, deps: RunDeps, db: Database, emit: WorkContext['emit']): WorkContext => ({
  actor: walk.row.principal, tenantId: walk.row.tenantId, db, now: deps.now, provider: deps.provider, once: (_key, load) => load(), changeId: null, emit,
}); // prettier-ignore

/** A context for an effect on our own tables, within the transaction of its checkpoint. */
export const commitContext = contextOf;

const EXECUTE = { name: 'workflows.execute', permission: 'workflows:execute', risk: 'write' } as const;

/** Whoever may not run a workflow by hand does not run it as a part of another one either. Throws `permission-denied`. */
async function requireExecute({ provider }: RunDeps, db: Database, actor: Actor, target: Target): Promise<void> {
  const reach = await provider(Surroundings).permit(db, actor, EXECUTE).catch((error: unknown): Reach => {
    if (error instanceof Problem && error.kind.status < 500) return [];
    throw error;
  });
  if (coveringGrant(reach, [target]) === undefined) throw new NodeError('permission-denied', 'permission', `Running "${target.name}" as a part needs workflows:execute over it.`);
} // prettier-ignore

async function startChild(walk: Walk, spot: Spot, deps: RunDeps, now: Date, child: Parameters<NodeRun['startChild']>[0]): Promise<{ executionId: string }> {
  const { row } = walk;
  if (row.depth + 1 >= MOST_DEEP) throw new NodeError('limit-exceeded', 'limit', `Workflows run within workflows ${MOST_DEEP} deep at most.`);
  const executionId = childId(now, [row.id, spot.node.id, spot.frame.path, spot.round, child.tag ?? '', ...(spot.before > 0 ? [spot.before] : [])]);
  const actor = await deps.revive(row.principal);
  const { serviceAccountId, target: _, ...found } = await deps.databases.tenant({ tenantId: row.tenantId, readOnly: true }, async (db) => {
    const asked = await deps.childOf(db, row.tenantId, child.workflow, child.version);
    await requireExecute(deps, db, actor, asked.target);
    return asked;
  });
  // Masked here, where values of secrets are known: whoever carries it on need not have read them.
  const inputs = scrubValue(child.inputs, row.tenantId);
  const principal = await principalBelow(deps.provider(Surroundings), row.principal, serviceAccountId);
  const start: Start & { id: string } = {
    id: executionId, tenantId: row.tenantId, ...found, trigger: { kind: 'workflow' }, payload: { body: inputs, inputs, parent: { executionId: row.id, nodeId: spot.node.id } },
    principal, startedBy: row.startedBy, parent: { executionId: row.id, nodeId: spot.node.id, path: spot.frame.path }, priority: row.priority,
    ...(placeOfAttempt(walk, spot) ? { trace: placeOfAttempt(walk, spot)! } : {}), causationDepth: row.causationDepth, dryRun: row.dryRun, debug: row.debug, ...(veils(walk, spot) ? { veiled: true } : {}), ...(row.correlationId ? { correlationId: row.correlationId } : {}),
  }; // prettier-ignore
  await payFor(walk, deps, spot, executionId);
  walk.out.children.push(start);
  return { executionId };
} // prettier-ignore

function answer(walk: Walk, deps: RunDeps, response: Parameters<NodeRun['answer']>[0]): boolean {
  // It would stand with the execution for whoever waits, and nobody waits for what is veiled.
  if (walk.response || walk.row.veiled) return false;
  walk.response = response;
  return deps.isAwaited(walk.row.id);
}

/** What a sensitive node reads, says and calls with stands in no message. */
function hushed({ node: { settings } }: Spot['node'], { text, summary, arguments: given, ...payload }: Record<string, Json>): Record<string, Json> {
  const content = Object.entries({ text, summary, arguments: given }).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return { ...payload, ...Object.fromEntries(settings?.sensitive ? content.filter(([name]) => name === 'text').map(([name]) => [name, '']) : content) };
} // prettier-ignore

/** W3C Trace Context, for what a node calls. */
function traceparentOf(walk: Walk, spot: Spot): string | undefined {
  const place = placeOfAttempt(walk, spot);
  return place && `00-${place.traceId}-${place.spanId}-01`;
}

/** All that a node may touch while it runs. */
export function createNodeRun(walk: Walk, deps: RunDeps, spot: Spot, now: Date, input: Json): NodeRun {
  const { row } = walk;
  const { node, frame } = spot;
  const { tenantId } = row;
  const requireHeld = (): void => {
    if (walk.over) throw new NodeError('cancelled', 'cancelled', 'The execution is held by another worker.');
  };
  return {
    tenantId,
    workflowId: row.workflowId,
    executionId: row.id,
    nodeId: node.id,
    key: node.key,
    path: frame.path,
    attempt: spot.attempt,
    get idempotencyKey() {
      return idempotencyKey(row.id, node.id, frame.path, spot.round);
    },
    principal: row.principal,
    dryRun: row.dryRun,
    test: row.isTest,
    now,
    signal: spot.abort!.signal,
    input,
    startedAt: row.createdAt,
    traceparent: traceparentOf(walk, spot),
    evaluate: (source, extra) => evaluate(walk, source, scopeOf(walk, spot, input), { seed: seedOf(walk, spot), now }, extra),
    isConnected: (port) => node.outgoing.some(({ sourcePort }) => sourcePort === port),
    log: (level, message, data = null) => log(walk, spot, level, message, data),
    progress(text, percent) {
      say(walk, 'node.progress', spot, { text: scrub(text, tenantId), ...(percent === undefined ? {} : { percent }) });
      walk.saveSoon();
    },
    tell(type, payload) {
      say(walk, type, spot, hushed(node, scrubValue(payload, tenantId)));
      walk.saveSoon();
    },
    step: (key, act) => step(walk, spot, key, act),
    recorded: (key) => spot.rec?.steps?.[key],
    call: (...asked) => called(walk, deps, spot, asked),
    tx(work) {
      requireHeld();
      return deps.databases.tenant({ tenantId, operation: `workflow node ${node.node.type}` }, (db) =>
        work(contextOf(walk, deps, db, () => { throw new Error('a look announces nothing: answer with { commit }'); })),
      ); // prettier-ignore
    },
    provider: deps.provider,
    files: {
      put: (bytes, about) => (requireHeld(), putFile(deps, { tenantId, executionId: row.id, id: newId(), sensitive: node.node.settings?.sensitive === true }, bytes, about)),
      get: (file: FileValue) => getFile(deps, { tenantId, executionId: row.id }, file),
    }, // prettier-ignore
    answer: (response) => answer(walk, deps, scrubValue(response, tenantId)),
    inputAt: (port) => inputAt(spot, port),
    offered: async () => (await deps.gate().offered(await deps.revive(row.principal))).filter(isForAgents),
    tools: walk.toolsOf(spot),
    ...paying(walk, deps, spot),
    taint: () => taintAt(walk, spot),
    startChild: (child) => startChild(walk, spot, deps, now, child),
  };
}
