import { isUuid, type Database } from '#kernel/database.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { executions } from '../../engine/tables.ts';
import type { SeenEvent } from '../tables.ts';

const idIn = (data: unknown, name: string): string | undefined => {
  const value = data !== null && typeof data === 'object' ? (data as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' && isUuid(value) ? value : undefined;
};

/** The execution that an event names as its cause: one of its own life, or one that announced it. */
function namedCause({ type, data }: Pick<SeenEvent, 'type' | 'data'>): string | undefined {
  if (/^(execution|alert|heartbeat)\./.test(type)) return idIn(data, 'executionId');
  return type.startsWith('custom.') ? idIn((data as Record<string, unknown> | null)?.['source'], 'executionId') : undefined;
}

async function changeBy(db: Database, tenantId: string, changeId: string): Promise<string | undefined> {
  const { rows } = await db.execute<{ execution: string | null }>(
    sql`select via->>'executionId' as execution from changes where tenant_id = ${tenantId} and id = ${changeId}`,
  );
  return rows[0]?.execution ?? undefined;
}

interface Cause {
  /** How many executions led to the event. */
  depth: number;
  /** The workflow of the last of them. */
  workflowId: string;
}

/** What led to an event: an execution that it names, or one that asked for its Change; undefined when none did. */
export async function causeOf(db: Database, tenantId: string, event: SeenEvent): Promise<Cause | undefined> {
  const id = namedCause(event) ?? (event.changeId === null ? undefined : await changeBy(db, tenantId, event.changeId));
  if (id === undefined) return undefined;
  const [found] = await db
    .select({ depth: executions.causationDepth, workflowId: executions.workflowId })
    .from(executions)
    .where(and(eq(executions.tenantId, tenantId), eq(executions.id, id)));
  return found && { depth: found.depth + 1, workflowId: found.workflowId };
}
