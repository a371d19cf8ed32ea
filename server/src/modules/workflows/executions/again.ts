import type { Actor, Context, ReadContext } from '#kernel/context.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { bounded } from '../engine/chain.ts';
import { nodeExecutions, type ExecutionRow, type NodeExecutionRow } from '../engine/tables.ts';
import type { Graph, Json } from '../graph.ts';
import { loadGraph, type LoadedGraph } from '../model/load.ts';
import { notFound } from '../model/store.ts';
import type { Accepted, Start } from '../providers/port.ts';
import { requireFitting } from '../triggers/inputs.ts';
import { begin, principalOf } from './begin.ts';
import { recordsOf } from './find.ts';
import { Blobs } from './port.ts';
import { affectedBy, changedNodes, firstFailed, placesOf, type Place } from './retry-rules.ts';
import { hasEnded } from './rules.ts';

export interface Again {
  fromNode?: readonly string[] | undefined;
  inputs?: Json | undefined;
  version: 'same' | 'active';
  reuse: boolean;
}

/** What a retry comes to, before it is begun. */
export interface Retry {
  loaded: LoadedGraph;
  version: number | 'draft';
  /** Records that stand. */
  kept: NodeExecutionRow[];
  /** Runs with an effect that would be had again. */
  effects: NodeExecutionRow[];
  from: Place[];
}

const notRetryable = (detail: string): Problem => new Problem('execution-not-retryable', detail);

function requireRetryable({ status, payloadsErasedAt, dryRun, draft, undoes }: ExecutionRow, wish: Again): void {
  if (!hasEnded(status)) throw notRetryable('It has not ended yet. Cancel it first, or wait.');
  if (undoes && wish.version === 'active') throw notRetryable('It undoes what its own version did: try it again on that.');
  if (dryRun) throw notRetryable('It was a dry run: run it again instead.');
  if (payloadsErasedAt) throw notRetryable('Its payloads are no longer kept, so there is nothing to go on from. Start it anew.');
  if (draft && wish.version === 'active' && wish.reuse) throw notRetryable('It ran a draft, whose results do not stand for those of a version.');
}

/** The graph that it ran, and the one that it is to run. */
async function graphsOf({ db, tenantId }: ReadContext, row: ExecutionRow, wish: Again): Promise<{ ran: Graph; loaded: LoadedGraph; version: number | 'draft' }> {
  const draft = await loadGraph(db, tenantId, row.workflowId, 'draft');
  if (draft.workflow.deletedAt) throw notFound(row.workflowId);
  if (draft.workflow.status === 'archived') throw new Problem('workflow-archived', `"${draft.workflow.name}" is archived. Activate it before you run it.`);
  const active = draft.workflow.activeVersion;
  if (wish.version === 'active' && active === null) throw new Problem('workflow-not-published', `"${draft.workflow.name}" has no active version.`);
  const version = wish.version === 'active' ? active! : (row.version ?? 'draft');
  if (version === 'draft' && draft.workflow.environment !== row.environment)
    throw notRetryable('The draft lies in another environment by now: run it anew.');
  const ran = row.draft?.graph ?? (await loadGraph(db, tenantId, row.workflowId, row.version!)).graph;
  return { ran, loaded: version === 'draft' ? draft : await loadGraph(db, tenantId, row.workflowId, version), version };
} // prettier-ignore

/** Of each run what counts: its last attempt, where no later attempt at the whole has taken its place. */
const latest = (records: readonly NodeExecutionRow[]): NodeExecutionRow[] =>
  [...new Map(records.toSorted((a, b) => a.attempt - b.attempt).map((record) => [`${record.nodeId} ${record.path}`, record])).values()].filter(
    ({ superseded }) => !superseded,
  );

const ranAt = ({ endedAt, startedAt, createdAt }: NodeExecutionRow): Date => endedAt ?? startedAt ?? createdAt;

/** Calls of tools stand and fall with the agent that made them. */
const placeOf = ({ nodeId, path, calledBy }: NodeExecutionRow): Place =>
  calledBy ? { nodeId: calledBy.nodeId, path: path.split('@')[0]! } : { nodeId, path };

/** Where it begins again. */
function beginnings(ran: Graph, records: readonly NodeExecutionRow[], { fromNode }: Again): Place[] {
  if (fromNode === undefined || fromNode.length === 0) {
    const failed = firstFailed(records.filter(({ calledBy }) => calledBy === null).map(({ nodeId, path, status, ...row }) => ({ nodeId, path, status, at: ranAt(row as NodeExecutionRow) })));
    if (failed) return [failed];
    throw notRetryable('No node of it failed: name the one to begin with.');
  }
  const { found, unknown } = placesOf(ran, fromNode);
  if (unknown.length > 0) throw new Problem('node-not-found', `There is no node ${unknown.join(', ')} in what it ran; within loops name the iteration, as in send@3.`);
  return found;
} // prettier-ignore

/** What trying again would run and what it would keep. Throws problems where it cannot be. */
export async function planRetry(ctx: ReadContext, row: ExecutionRow, wish: Again): Promise<Retry> {
  requireRetryable(row, wish);
  const { ran, loaded, version } = await graphsOf(ctx, row, wish);
  const records = latest(await recordsOf(ctx, row.id));
  const effects = (all: readonly NodeExecutionRow[]) => all.filter(({ effect, status }) => effect === 'effect' && status === 'completed');
  const trigger = row.triggerNode;
  if (!wish.reuse) return { loaded, version, kept: [], effects: effects(records), from: trigger ? [{ nodeId: trigger, path: '' }] : [] };
  const from = beginnings(ran, records, wish);
  if (wish.inputs !== undefined && !from.some(({ nodeId }) => nodeId === trigger))
    throw notRetryable('Inputs can be changed only when the trigger itself is run again: name it as the node to begin with.');
  const isHit = affectedBy(ran, from);
  const affected = (record: NodeExecutionRow): boolean => isHit(placeOf(record));
  const stands = ({ status }: NodeExecutionRow): boolean => status === 'completed' || status === 'failed' || status === 'skipped';
  const kept = records.filter((record) => stands(record) && !affected(record));
  const done = kept.filter(({ status }) => status !== 'skipped');
  // What it saw is nobody's, and opens in no other place.
  const hidden = ran.nodes.filter(({ id, settings }) => settings?.sensitive === true && done.some(({ nodeId }) => nodeId === id));
  if (hidden.length > 0)
    throw notRetryable(`What ${hidden.map(({ key }) => key).join(', ')} made is sensitive and does not stand for another run: begin with it, or run everything again.`); // prettier-ignore
  const changed = loaded.graph === ran ? [] : changedNodes(ran, loaded.graph, done.map(({ nodeId }) => nodeId)); // prettier-ignore
  if (changed.length > 0)
    throw new Problem('retry-incompatible', `Nodes whose results would stand have changed: ${changed.join(', ')}.`, { nodes: changed });
  return { loaded, version, kept, effects: effects(records.filter(affected)), from };
}

const inputsOf = (row: ExecutionRow, inputs: Json | undefined): Record<string, Json> =>
  inputs === undefined ? (row.inputs ?? {}) : { ...row.inputs, body: inputs };

/** A part that is tried again by itself, under an account of its own, has no more rights than it had within the whole. */
async function principalAgain(ctx: Context, loaded: LoadedGraph, { principal: { within } }: ExecutionRow): Promise<Actor> {
  const principal = await principalOf(ctx, loaded);
  if (!within || loaded.workflow.serviceAccountId === null) return principal;
  return bounded(principal, { ...ctx.actor, within: [...within, ...(ctx.actor.within ?? [])] });
}

/** Begins an execution that tries another again; records that stand are copied, not run. */
export async function retry(ctx: Context, row: ExecutionRow, wish: Again): Promise<Accepted> {
  const { loaded, version, kept } = await planRetry(ctx, row, wish);
  const { kind, id, name } = ctx.actor;
  const trigger = loaded.graph.nodes.find((node) => node.id === row.triggerNode);
  if (wish.inputs !== undefined) requireFitting(trigger?.config['inputSchema'] ?? null, wish.inputs);
  const start: Start = {
    tenantId: ctx.tenantId,
    workflowId: row.workflowId,
    version,
    trigger: { kind: 'retry', ...(row.triggerNode ? { nodeId: row.triggerNode } : {}) },
    payload: inputsOf(row, wish.inputs),
    principal: await principalAgain(ctx, loaded, row),
    startedBy: { kind, id, name },
    priority: row.priority,
    tags: row.tags,
    retryOf: row.id,
    ...(row.correlationId === null ? {} : { correlationId: row.correlationId }),
    ...(row.mocks === null ? {} : { mocks: row.mocks }),
    ...(row.undoes === null ? {} : { undoes: row.undoes }),
    debug: row.debug,
  };
  const accepted = await begin(ctx, start);
  if (kept.length > 0) await copyRecords(ctx, row.id, accepted.executionId, kept);
  ctx.emit('execution.retried', { executionId: row.id, workflowId: row.workflowId, retryId: accepted.executionId });
  return accepted;
}

const ROWS = 200;
/** Files and large values lie with each execution, so those of what stands are copied too, and what names them names the copies. */
async function copyRecords(ctx: Context, from: string, to: string, kept: readonly NodeExecutionRow[]): Promise<void> {
  const ids = await ctx.provider(Blobs).copy(ctx.db, { tenantId: ctx.tenantId, from, to });
  const renamed = <T>(value: T): T => {
    if (ids.size === 0 || value === null) return value;
    let text = JSON.stringify(value);
    for (const [old, id] of ids) text = text.replaceAll(old, id);
    return JSON.parse(text) as T;
  };
  const copies = kept.map((record) => ({
    ...record,
    id: newId(),
    executionId: to,
    reused: true,
    // It stands: nothing goes on from it.
    sealedSteps: null,
    input: renamed(record.input),
    output: renamed(record.output),
    outputBlob: record.outputBlob && (ids.get(record.outputBlob) ?? null),
  }));
  for (let at = 0; at < copies.length; at += ROWS) await ctx.db.insert(nodeExecutions).values(copies.slice(at, at + ROWS));
}
