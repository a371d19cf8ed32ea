import type { Actor, Context, ReadContext } from '#kernel/context.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { coveringGrant } from '#kernel/scope.ts';
import { bounded } from '../engine/chain.ts';
import type { Graph, GraphNode, Json } from '../graph.ts';
import { loadGraph, type LoadedGraph } from '../model/load.ts';
import { notFound } from '../model/store.ts';
import { Engine, type Accepted, type Start } from '../providers/port.ts';
import { Surroundings } from '../surroundings.ts';
import { requireFitting } from '../triggers/inputs.ts';
import { reachWith } from './find.ts';
import type { Begun } from './schemas.ts';
import { linksOf } from './views.ts';

/** Who may try what is not published needs this beside the right to run. */
export async function requireDebug(ctx: ReadContext, target: Target, what: string): Promise<void> {
  const reach = await reachWith(ctx, 'workflows:debug', 'write');
  if (coveringGrant(reach, [target]) === undefined) throw new Problem('permission-denied', `${what} needs workflows:debug.`, { permission: 'workflows:debug' }); // prettier-ignore
}

/** The version that is asked for: the active one unless one is named. Throws problems of the workflow's state. */
export async function runnable(ctx: Pick<ReadContext, 'db' | 'tenantId'>, id: string, version: number | 'draft' | undefined): Promise<{ loaded: LoadedGraph; version: number | 'draft' }> {
  const { workflow, ...draft } = await loadGraph(ctx.db, ctx.tenantId, id, 'draft');
  if (workflow.deletedAt) throw notFound(id);
  if (workflow.status === 'archived') throw new Problem('workflow-archived', `"${workflow.name}" is archived. Activate it before you run it.`);
  if (version === 'draft') return { loaded: { workflow, ...draft }, version };
  const wanted = version ?? workflow.activeVersion;
  if (wanted === null) throw new Problem('workflow-not-published', `"${workflow.name}" has no active version. Publish it, or run the draft as a test.`);
  return { loaded: await loadGraph(ctx.db, ctx.tenantId, id, wanted), version: wanted };
} // prettier-ignore

const isTrigger = ({ type, settings }: GraphNode): boolean => type === 'trigger' && settings?.disabled !== true;
const modeOf = ({ config }: GraphNode): Json => config['mode'] ?? 'manual';

/** The trigger node that a run by hand begins with: the one named, else the manual one, else the first. */
export function triggerOf({ nodes }: Graph, named: string | undefined): GraphNode {
  const triggers = nodes.filter(isTrigger);
  const found =
    named === undefined
      ? (triggers.find((node) => modeOf(node) === 'manual') ?? triggers[0])
      : triggers.find(({ id, key }) => id === named || key === named);
  if (found) return found;
  const detail = named === undefined ? 'The workflow has no trigger that could begin it.' : `The workflow has no trigger "${named.slice(0, 64)}".`;
  throw new Problem('inputs-invalid', detail, { errors: [{ pointer: '/options/startNode', message: 'Key or id of a trigger node' }] });
}

/** On whose authority: the workflow's service account, or whoever begins it. A workflow that begins another gains no rights by it. */
export async function principalOf({ actor, tenantId, provider, via }: Beginner, { workflow }: LoadedGraph): Promise<Actor> {
  if (workflow.serviceAccountId === null) return actor;
  const service = await provider(Surroundings).asService(tenantId, workflow.serviceAccountId);
  return via === undefined && actor.within === undefined ? service : bounded(service, actor);
}
type Beginner = Pick<Context, 'actor' | 'tenantId' | 'provider' | 'via'> & { surface?: Context['surface'] };

export interface Wish {
  inputs: Json;
  startNode?: string | undefined;
  /** What it begins with was chosen outside, before whoever begins it now. */
  outside?: string | undefined;
  more?: Partial<Omit<Start, 'tenantId' | 'workflowId' | 'version' | 'trigger' | 'payload' | 'principal' | 'startedBy'>>;
}

/** Who chose what it begins with, where that may have been read outside: an agent, or another workflow. */
function outsideOf({ actor, via, surface }: Beginner): { outside?: 'agent' | 'workflow' } {
  if (actor.agent !== undefined || actor.kind === 'agent' || surface === 'mcp' || via?.agentStep !== undefined) return { outside: 'agent' };
  return via === undefined ? {} : { outside: 'workflow' };
}

/** A start by a person's hand. Throws `inputs-invalid` where the inputs do not fit the trigger. */
export async function startBy(
  ctx: Beginner,
  { loaded, version }: { loaded: LoadedGraph; version: number | 'draft' },
  { inputs, startNode, outside, more = {} }: Wish,
): Promise<Start> {
  const trigger = triggerOf(loaded.graph, startNode);
  requireFitting(trigger.config['inputSchema'] ?? null, inputs);
  const { kind, id, name } = ctx.actor;
  return {
    tenantId: ctx.tenantId,
    workflowId: loaded.workflow.id,
    version,
    trigger: { kind: 'manual', nodeId: trigger.id },
    payload: { kind: 'manual', body: inputs, ...(outside === undefined ? outsideOf(ctx) : { outside }) },
    principal: await principalOf(ctx, loaded),
    startedBy: { kind, id, name },
    ...more,
  };
}

/** Stores the execution with the caller's transaction, and has it begin when that is committed. */
export async function begin(ctx: Context, start: Start): Promise<Accepted> {
  const engine = ctx.provider(Engine);
  const accepted = await engine.accept(ctx.db, start);
  ctx.afterCommit(() => engine.begin(accepted));
  return accepted;
}

/** Without what is undefined: the engine tells what was said from what was not. */
export const said = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };

export const begun = ({ executionId, status }: Accepted, workflowId: string): Begun => ({
  execution: { id: executionId, status: status as Begun['execution']['status'], workflowId },
  links: linksOf(executionId),
  done: false,
});

/** Waits for the end, for so long at most; the execution goes on either way. */
export async function ended(engine: Engine, output: Begun, seconds: number): Promise<Begun> {
  const answer = await engine.answered(output.execution.id, 'end', seconds * 1_000);
  if (!answer) return output;
  const status = answer.status as Begun['execution']['status'];
  return { ...output, execution: { ...output.execution, status }, done: true, outputs: answer.outputs, error: answer.error as Begun['error'] };
}
