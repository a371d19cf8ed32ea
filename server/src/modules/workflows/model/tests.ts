import type { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, asc, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { WorkflowTest } from '../schemas.ts';
import { workflowTests, type TestRow } from '../tables.ts';

/** Tests of one workflow at most. */
const MOST = 100;

type Asking = Pick<ReadContext, 'db' | 'tenantId'>;
const mine = ({ tenantId }: Asking, workflowId: string) => and(eq(workflowTests.tenantId, tenantId), eq(workflowTests.workflowId, workflowId));

/** By name. */
export const testsOf = (ctx: Asking, workflowId: string): Promise<TestRow[]> =>
  ctx.db.select().from(workflowTests).where(mine(ctx, workflowId)).orderBy(asc(workflowTests.name), asc(workflowTests.id));

/** Throws `workflow-test-not-found`. */
export async function findTest(ctx: Asking, workflowId: string, id: string): Promise<TestRow> {
  const [row] = isUuid(id) ? await ctx.db.select().from(workflowTests).where(and(mine(ctx, workflowId), eq(workflowTests.id, id))) : []; // prettier-ignore
  if (!row) throw new Problem('workflow-test-not-found', `The workflow has no test ${id.slice(0, 64)}.`);
  return row;
}

/** Throws `limit-exceeded`. */
export async function requireTestRoom(ctx: Asking, workflowId: string): Promise<void> {
  const used = await ctx.db.$count(workflowTests, mine(ctx, workflowId));
  if (used >= MOST) throw new Problem('limit-exceeded', `A workflow has ${MOST} tests at most.`, { limit: 'tests', used, most: MOST });
}

/** For whoever saves one. */
export const nameTaken =
  (name: string) =>
  (error: unknown): never => {
    throw isUniqueViolation(error) ? new Problem('workflow-test-name-taken', `The workflow has a test "${name}" already.`) : error;
  };

export const testView = (row: TestRow): z.input<typeof WorkflowTest> => ({
  id: row.id,
  workflowId: row.workflowId,
  name: row.name,
  inputs: row.inputs,
  mocks: row.mocks,
  assertions: row.assertions,
  enabled: row.enabled,
  lastResult: row.lastResult,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
