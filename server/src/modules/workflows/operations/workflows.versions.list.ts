import { z } from 'zod';
import { and, desc, eq, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { findWorkflow, workflowTarget } from '../model/store.ts';
import { versionSummary } from '../model/versions.ts';
import { VersionSummary, WorkflowId } from '../schemas.ts';
import { workflowVersions } from '../tables.ts';

export const workflowsVersionsList = defineOperation({
  name: 'workflows.versions.list',
  summary: 'List the versions of a workflow, the newest first',
  permission: 'workflows:read',
  risk: 'read',
  route: { method: 'GET', path: '/workflows/{id}/versions' },
  input: z.object({ id: WorkflowId, ...pageInput }),
  output: pageOf(VersionSummary),
  targets: workflowTarget,
  async run(ctx, { id, cursor, limit }) {
    const workflow = await findWorkflow(ctx, id);
    const before = decodeCursor(cursor, 1)?.[0];
    const mine = and(eq(workflowVersions.tenantId, ctx.tenantId), eq(workflowVersions.workflowId, id));
    const older = before === undefined ? undefined : lt(workflowVersions.number, Math.trunc(Number(before)) || 0);
    const rows = await ctx.db.select().from(workflowVersions).where(and(mine, older)).orderBy(desc(workflowVersions.number)).limit(limit + 1); // prettier-ignore
    return toPage(rows, limit, ({ number }) => [number], (row) => versionSummary(row, workflow)); // prettier-ignore
  },
});
