import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, arrayContains, eq, gte, inArray, lt, or, sql, type SQL } from '#kernel/drizzle.ts';
import { executions } from '../engine/tables.ts';
import { executionFilter } from './schemas.ts';

const Filter = z.object(executionFilter);
export type ExecutionFilter = z.output<typeof Filter>;

const when = <T>(value: T | undefined, condition: (value: T) => SQL | undefined): SQL | undefined =>
  value === undefined ? undefined : condition(value);

/** Executions of the tenant that a filter means; whom the caller reaches is said besides. */
export function wantedBy({ tenantId, actor }: Pick<ReadContext, 'tenantId' | 'actor'>, filter: ExecutionFilter): SQL | undefined {
  return and(
    eq(executions.tenantId, tenantId),
    when(filter.workflowId, (id) => eq(executions.workflowId, id)),
    when(filter.status, (states) => inArray(executions.status, states)),
    when(filter.trigger, (kinds) => inArray(executions.triggerKind, kinds)),
    when(filter.version, (version) => eq(executions.version, version)),
    when(filter.since, (at) => gte(executions.createdAt, new Date(at))),
    when(filter.until, (at) => lt(executions.createdAt, new Date(at))),
    when(filter.tag, (tag) => arrayContains(executions.tags, [tag])),
    when(filter.errorType, (type) => eq(sql`${executions.error} ->> 'type'`, type)),
    when(filter.correlationId, (id) => eq(executions.correlationId, id)),
    when(filter.parentExecutionId, (id) => or(eq(executions.parentId, id), eq(executions.retryOf, id))),
    filter.mine ? eq(executions.startedById, actor.id) : undefined,
    when(filter.test, (test) => eq(executions.isTest, test)),
  );
}
