import { and, eq } from 'drizzle-orm';
import type { Database } from '#kernel/database.ts';
import { executions } from '../../engine/tables.ts';
import type { Json } from '../../graph.ts';
import { workflows } from '../../tables.ts';
import type { EventStartRow } from '../tables.ts';

const asText = (data: Json, name: string): string =>
  data !== null && typeof data === 'object' && !Array.isArray(data) && typeof data[name] === 'string' ? data[name] : '';

/** What an error trigger is handed: `{workflow, execution, error, failedNode, link}` (workflows.md 8.4). */
export async function errorPayload(db: Database, { tenantId, event }: Pick<EventStartRow, 'tenantId' | 'event'>, publicUrl: string): Promise<Record<string, Json>> {
  const executionId = asText(event.data, 'executionId');
  const [found] = await db
    .select({ error: executions.error, status: executions.status, version: executions.version, startedAt: executions.startedAt, trigger: executions.triggerKind, workflowId: executions.workflowId, name: workflows.name, slug: workflows.slug })
    .from(executions)
    .innerJoin(workflows, and(eq(workflows.tenantId, executions.tenantId), eq(workflows.id, executions.workflowId)))
    .where(and(eq(executions.tenantId, tenantId), eq(executions.id, executionId)));
  const error = found?.error ?? null;
  return {
    kind: 'error',
    workflow: { id: found?.workflowId ?? asText(event.data, 'workflowId'), name: found?.name ?? '', slug: found?.slug ?? '', version: found?.version ?? null },
    execution: { id: executionId, status: found?.status ?? asText(event.data, 'status'), trigger: found?.trigger ?? '', startedAt: found?.startedAt?.toISOString() ?? null },
    error: error === null ? null : (JSON.parse(JSON.stringify(error)) as Json),
    failedNode: error?.nodeId === undefined ? null : { id: error.nodeId, key: error.nodeKey ?? null, iteration: error.iteration ?? null },
    link: `${publicUrl}/executions/${executionId}`,
  };
} // prettier-ignore
