import type { Database } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { executions } from '../../engine/tables.ts';
import type { Json } from '../../graph.ts';
import type { NodeFault } from '../../nodes/declare.ts';
import { workflows } from '../../tables.ts';
import type { EventStartRow } from '../tables.ts';
import { severityOf } from './severity.ts';

const asText = (data: Json, name: string): string =>
  data !== null && typeof data === 'object' && !Array.isArray(data) && typeof data[name] === 'string' ? data[name] : '';

const columns = {
  error: executions.error, status: executions.status, version: executions.version, startedAt: executions.startedAt, trigger: executions.triggerKind,
  id: workflows.id, name: workflows.name, slug: workflows.slug,
}; // prettier-ignore

const failedNode = (error: NodeFault | null): Json =>
  error?.nodeId === undefined ? null : { id: error.nodeId, key: error.nodeKey ?? null, iteration: error.iteration ?? null };

/** What an error trigger is handed: `{workflow, execution, error, failedNode, severity, link}` (workflows.md 8.4). */
export async function errorPayload(
  db: Database,
  { tenantId, event }: Pick<EventStartRow, 'tenantId' | 'event'>,
  publicUrl: string,
): Promise<Record<string, Json>> {
  const executionId = asText(event.data, 'executionId');
  const severity = severityOf(event) ?? 'error';
  const link = `${publicUrl}/executions/${executionId}`;
  const [found] = await db
    .select(columns)
    .from(executions)
    .innerJoin(workflows, and(eq(workflows.tenantId, executions.tenantId), eq(workflows.id, executions.workflowId)))
    .where(and(eq(executions.tenantId, tenantId), eq(executions.id, executionId)));
  // Its records may be gone by now; what the event says is there.
  if (!found) return { kind: 'error', workflow: { id: asText(event.data, 'workflowId') }, execution: { id: executionId }, error: null, failedNode: null, severity, link }; // prettier-ignore
  const { error, status, trigger, version, startedAt, id, name, slug } = found;
  return {
    kind: 'error',
    workflow: { id, name, slug, version },
    execution: { id: executionId, status, trigger, startedAt: startedAt?.toISOString() ?? null },
    error: JSON.parse(JSON.stringify(error)) as Json,
    failedNode: failedNode(error),
    severity,
    link,
  };
}
