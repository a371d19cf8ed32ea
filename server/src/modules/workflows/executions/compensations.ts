import type { ReadContext } from '#kernel/context.ts';
import { eq, and } from '#kernel/drizzle.ts';
import { executions, type NodeExecutionRow } from '../engine/tables.ts';
import type { Graph } from '../graph.ts';
import { loadGraph } from '../model/load.ts';
import { recordsOf } from './find.ts';
import { ExecutionChanges, type MadeChange } from './port.ts';
import { undoOrder, type Undoable, type UndoPlan } from './rollback-rules.ts';

type Run = Pick<NodeExecutionRow, 'id' | 'nodeId' | 'nodeKey' | 'nodeType' | 'path' | 'status' | 'effect' | 'endedAt' | 'calledBy' | 'reused'>;

/** Runs with an effect that a node is attached to for undoing them; what another execution did is that one's to undo. */
function compensated({ nodes }: Graph, records: readonly Run[]): (Undoable & { rolledBack: boolean; nodeId: string; path: string })[] {
  return records.flatMap((record) => {
    const { id, nodeId, path, nodeKey, nodeType, endedAt } = record;
    const node = nodes.find((one) => one.id === nodeId);
    const by = nodes.find(({ key }) => key === node?.settings?.compensate);
    if (!node || !by || record.status !== 'completed' || record.effect !== 'effect' || record.calledBy !== null || record.reused) return [];
    const number = path === '' ? nodeKey : `${nodeKey}@${path}`;
    return [{ id, number, operation: nodeType, summary: `"${node.name}" by "${by.name}"`, state: 'succeeded', endedAt, rolledBack: false, nodeId, path, compensation: { nodeId, path, by: by.key }, hindrance: node.settings?.sensitive ? 'what it answered is not kept' : null }];
  });
} // prettier-ignore

/** Changes and effects of an execution in the order in which they are undone; what a node is attached to for that is undone by that alone. */
function undoPlan(changes: readonly MadeChange[], graph: Graph, records: readonly Run[]): UndoPlan {
  const runs = compensated(graph, records);
  const isCovered = ({ nodeId, path }: Pick<MadeChange, 'nodeId' | 'path'>): boolean =>
    runs.some((run) => run.nodeId === nodeId && run.path === path);
  return undoOrder([...changes.filter((change) => !isCovered(change)), ...runs.map(({ nodeId: _node, path: _path, ...run }) => run)]);
}

/** The same of an execution as it is stored. Drafts that were tried have nothing attached: they are gone when they are undone. */
export async function undoPlanOf(ctx: Pick<ReadContext, 'db' | 'tenantId' | 'provider'>, executionId: string): Promise<UndoPlan> {
  const changes = await ctx.provider(ExecutionChanges).of(ctx.db, ctx.tenantId, executionId);
  const [row] = await ctx.db
    .select({ workflowId: executions.workflowId, version: executions.version, dryRun: executions.dryRun, erased: executions.payloadsErasedAt })
    .from(executions)
    .where(and(eq(executions.tenantId, ctx.tenantId), eq(executions.id, executionId)));
  if (!row || row.version === null || row.dryRun || row.erased !== null) return undoOrder(changes);
  const { graph } = await loadGraph(ctx.db, ctx.tenantId, row.workflowId, row.version);
  if (!graph.nodes.some(({ settings }) => settings?.compensate !== undefined)) return undoOrder(changes);
  return undoPlan(changes, graph, await recordsOf(ctx, executionId));
}
