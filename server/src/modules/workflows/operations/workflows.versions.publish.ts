import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { activate } from '../model/activating.ts';
import { findVersion } from '../model/frozen.ts';
import { publishPlan, requireNoneWaiting, requireRights, requireSchedule, requireValid } from '../model/publishing.ts';
import { findWorkflow, requireOpen, targetOf } from '../model/store.ts';
import { versionSummary } from '../model/versions.ts';
import { VersionNumber, VersionSummary, WorkflowId } from '../schemas.ts';
import type { VersionRow, WorkflowRow } from '../tables.ts';

/** The world may have changed since the version was made: secrets, Operations and rights are looked at as they are now. */
async function checked(ctx: ReadContext, row: WorkflowRow, version: VersionRow) {
  requireOpen(row);
  const report = await requireValid(ctx, row, version);
  await requireRights(ctx, row, version);
  const active = row.activeVersion === null ? undefined : await findVersion(ctx, row, row.activeVersion);
  await requireSchedule(ctx, row, active, version);
  await requireNoneWaiting(ctx, row);
  return report;
}

export const workflowsVersionsPublish = defineOperation({
  name: 'workflows.versions.publish',
  summary: 'Make a version active that there is already: roll back, or forward',
  description: 'The draft stays as it is. What runs ends on the version that it began with.',
  permission: 'workflows:publish',
  risk: 'write',
  route: { method: 'POST', path: '/workflows/{id}/versions/{number}/publish' },
  input: z.object({ id: WorkflowId, number: VersionNumber }),
  output: VersionSummary,
  async targets(ctx, { id, number }) {
    const row = await findWorkflow(ctx, id);
    const { settings } = await findVersion(ctx, row, number);
    // What becomes active may lie in another environment than the draft.
    return [targetOf(row), targetOf({ ...row, environment: settings.environment ?? null })];
  },
  async plan(ctx, { id, number }) {
    const row = await findWorkflow(ctx, id);
    const version = await findVersion(ctx, row, number);
    const report = await checked(ctx, row, version);
    return { ...publishPlan(ctx, row, version, report, `version ${number}`), observed: { [`workflow:${id}:active`]: String(row.activeVersion) } };
  },
  async run(ctx, { id, number }) {
    const row = await findWorkflow(ctx, id, { lock: true });
    const version = await findVersion(ctx, row, number);
    await checked(ctx, row, version);
    const saved = await activate(ctx, row, version);
    return versionSummary(await findVersion(ctx, saved, number), saved);
  },
});
