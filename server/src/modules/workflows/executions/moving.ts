import type { Context } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { executions, type ExecutionRow } from '../engine/tables.ts';
import { loadGraph } from '../model/load.ts';
import { recordsOf } from './find.ts';
import { changedNodes } from './retry-rules.ts';

/** Moves an execution that waits to another version. Throws `migrate-incompatible` naming the nodes that forbid it. */
export async function migrate(ctx: Context, row: ExecutionRow, version: number): Promise<void> {
  if (row.version === null) throw new Problem('migrate-incompatible', 'It runs the draft: run the version instead.', { nodes: [] });
  if (row.undoes !== null) throw new Problem('migrate-incompatible', 'It undoes what its own version did.', { nodes: [] });
  if (row.status !== 'waiting' && row.status !== 'paused')
    throw new Problem('migrate-incompatible', `Only an execution that waits can be moved; this one is ${row.status}.`, { nodes: [] });
  const ran = await loadGraph(ctx.db, ctx.tenantId, row.workflowId, row.version);
  const target = await loadGraph(ctx.db, ctx.tenantId, row.workflowId, version);
  // What has begun goes on there as it began, so that it must be the same too.
  const touched = (await recordsOf(ctx, row.id)).filter(({ status }) => status !== 'pending' && status !== 'skipped');
  const changed = changedNodes(ran.graph, target.graph, touched.map(({ nodeId }) => nodeId)); // prettier-ignore
  if (changed.length > 0)
    throw new Problem('migrate-incompatible', `Nodes that it has been through are different in version ${version}: ${changed.join(', ')}.`, {
      nodes: changed,
    });
  const set = { version, environment: target.settings.environment ?? null, timeoutSeconds: target.settings.timeoutSeconds, updatedAt: ctx.now() };
  const moved = await ctx.db
    .update(executions)
    .set(set)
    .where(and(eq(executions.tenantId, ctx.tenantId), eq(executions.id, row.id), eq(executions.status, row.status)));
  if (moved.rowCount === 0) throw new Problem('migrate-incompatible', 'It has gone on meanwhile. Read it again.', { nodes: [] });
}
