import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { editsBetween } from '../model/difference.ts';
import { requireRevision, saveDraft } from '../model/drafts.ts';
import { findVersion } from '../model/frozen.ts';
import { findWorkflow, requireOpen, targetOf } from '../model/store.ts';
import { workflowView } from '../model/view.ts';
import { VersionNumber, Workflow, WorkflowId } from '../schemas.ts';

export const workflowsVersionsRestore = defineOperation({
  name: 'workflows.versions.restore',
  summary: 'Copy a version into the draft',
  description: 'In place of what the draft holds; what is active stays. With `If-Match` it is refused when somebody else edited the draft.',
  permission: 'workflows:update',
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/workflows/{id}/versions/{number}/restore' },
  input: z.object({ id: WorkflowId, number: VersionNumber }),
  output: Workflow,
  async targets(ctx, { id, number }) {
    const row = await findWorkflow(ctx, id);
    const { settings } = await findVersion(ctx, row, number);
    // A version may lie in another environment than the draft.
    return [targetOf(row), targetOf({ ...row, environment: settings.environment ?? null })];
  },
  async run(ctx, { id, number }) {
    const row = await findWorkflow(ctx, id, { lock: true });
    requireOpen(row);
    if (ctx.ifMatch !== undefined) await requireRevision(ctx.db, row, ctx.ifMatch);
    const { graph, settings } = await findVersion(ctx, row, number);
    const next = { graph, settings };
    const edits = editsBetween({ graph: row.draft, settings: row.settings }, next);
    return workflowView(ctx, edits.length === 0 ? row : await saveDraft(ctx, row, next, edits));
  },
});
