import type { ReadContext } from '#kernel/context.ts';
import { and, asc, eq } from '#kernel/drizzle.ts';
import { executions, nodeExecutions, type ExecutionRow, type NodeExecutionRow } from '../engine/tables.ts';
import { hasEnded } from '../executions/rules.ts';
import { compileExpression, type NodeView, type Scope } from '../expressions/index.ts';
import type { Json } from '../graph.ts';
import { NodeError } from '../nodes/declare.ts';
import type { Assertion, TestResult } from '../schemas.ts';
import type { TestRow } from '../tables.ts';

/** A result that says no more than that the test was begun; it is judged when somebody asks. */
export const begunResult = (executionId: string, revision: number, at: Date): TestResult => ({
  passed: false,
  executionId,
  revision,
  failures: [],
  at: at.toISOString(),
});

/** The last try of each node outside of loops, as expressions see it. */
function nodesOf(records: readonly NodeExecutionRow[]): Record<string, NodeView> {
  const views = records.filter(({ path }) => path === '').map(({ nodeKey, status, output, error }) => [nodeKey, { status, output: output ?? null, error: (error ?? null) as Json }] as const); // prettier-ignore
  return Object.fromEntries(views);
}

/** What assertions may read: `status`, `output`, `error`, `input` and `nodes.<key>`. */
const scopeOf = (row: ExecutionRow, records: readonly NodeExecutionRow[]): Scope => ({
  input: row.inputs?.['body'] ?? null,
  trigger: row.inputs ?? null,
  nodes: nodesOf(records),
  vars: {},
  execution: { id: row.id, status: row.status },
  workflow: { id: row.workflowId },
  tenant: null,
  actor: null,
  error: (row.error ?? null) as Json,
  extra: { status: row.status, output: row.outputs ?? null },
});

/** Why an assertion does not hold; null when it does. */
function faultOf({ expression, message }: Assertion, scope: Scope, now: Date): string | null {
  try {
    const value = compileExpression(expression).evaluate(scope, { seed: 'test', now });
    return value === true ? null : (message ?? `It is ${JSON.stringify(value)?.slice(0, 200)}, and not true.`);
  } catch (error) {
    if (error instanceof NodeError) return error.message;
    throw error;
  }
}

/** How a test went, by what its execution has left; null when it was never begun, or nothing is left of it. */
export async function judged(
  { db, tenantId }: Pick<ReadContext, 'db' | 'tenantId'>,
  { lastResult, assertions }: Pick<TestRow, 'lastResult' | 'assertions'>,
): Promise<TestResult | null> {
  if (!lastResult?.executionId) return lastResult;
  const id = lastResult.executionId;
  const [row] = await db
    .select()
    .from(executions)
    .where(and(eq(executions.tenantId, tenantId), eq(executions.id, id)));
  if (!row) return null;
  if (!hasEnded(row.status)) return { ...lastResult, failures: [{ expression: 'status', message: 'It has not ended yet.' }] };
  const records = await db.select().from(nodeExecutions).where(and(eq(nodeExecutions.tenantId, tenantId), eq(nodeExecutions.executionId, id))).orderBy(asc(nodeExecutions.attempt)); // prettier-ignore
  const scope = scopeOf(row, records);
  const at = row.endedAt ?? new Date(lastResult.at);
  const failures = assertions.flatMap((assertion) => {
    const message = faultOf(assertion, scope, at);
    return message === null ? [] : [{ expression: assertion.expression, message }];
  });
  return { ...lastResult, passed: failures.length === 0, failures, at: at.toISOString() };
}
