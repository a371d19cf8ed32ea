import { and, arrayContains, eq, gte, inArray, lt, or, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { executions } from '../engine/tables.ts';
import { executionFilter } from './schemas.ts';

const Filter = z.object(executionFilter);
export type ExecutionFilter = z.output<typeof Filter>;

/** Executions of the tenant that a filter means; whom the caller reaches is said besides. */
export function wantedBy({ tenantId, actor }: Pick<ReadContext, 'tenantId' | 'actor'>, filter: ExecutionFilter): SQL | undefined {
  const { workflowId, status, trigger, version, since, until, tag, errorType, correlationId, parentExecutionId: parent, mine, test } = filter;
  return and(
    eq(executions.tenantId, tenantId),
    workflowId === undefined ? undefined : eq(executions.workflowId, workflowId),
    status && inArray(executions.status, status),
    trigger && inArray(executions.triggerKind, trigger),
    version === undefined ? undefined : eq(executions.version, version),
    since === undefined ? undefined : gte(executions.createdAt, new Date(since)),
    until === undefined ? undefined : lt(executions.createdAt, new Date(until)),
    tag === undefined ? undefined : arrayContains(executions.tags, [tag]),
    errorType === undefined ? undefined : eq(sql`${executions.error} ->> 'type'`, errorType),
    correlationId === undefined ? undefined : eq(executions.correlationId, correlationId),
    parent === undefined ? undefined : or(eq(executions.parentId, parent), eq(executions.retryOf, parent)),
    mine ? eq(executions.startedById, actor.id) : undefined,
    test === undefined ? undefined : eq(executions.isTest, test),
  );
}
