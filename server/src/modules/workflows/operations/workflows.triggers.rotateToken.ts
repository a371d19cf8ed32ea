import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq, ne } from '#kernel/drizzle.ts';
import { randomToken, sha256 } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { findWorkflow, wholeTargets } from '../model/store.ts';
import { tellTriggers } from '../model/triggers.ts';
import { workflowTriggers, type TriggerRow } from '../tables.ts';

const HOUR = 3_600_000;

/** Throws `workflow-trigger-not-found`, also for a trigger that is no webhook. */
async function findHook(ctx: ReadContext, id: string, lock = false): Promise<TriggerRow> {
  const mine = and(eq(workflowTriggers.tenantId, ctx.tenantId), eq(workflowTriggers.id, id), ne(workflowTriggers.state, 'retired'));
  const query = ctx.db.select().from(workflowTriggers).where(mine);
  const [row] = await (lock ? query.for('update') : query);
  if (row?.kind !== 'webhook') throw new Problem('workflow-trigger-not-found', `There is no webhook trigger ${id} in this tenant.`);
  return row;
}

export const workflowsTriggersRotateToken = defineOperation({
  name: 'workflows.triggers.rotateToken',
  summary: 'Make the address of a webhook, or another one',
  description:
    'The token is in this answer and never shown again: whoever calls `/hooks/<token>` starts the workflow. The one before is taken for `graceHours` more. Where a rule has it agreed to first, nobody is there to be shown the token: do it again then.',
  permission: 'workflows:schedule',
  risk: 'write',
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'POST', path: '/triggers/{id}/rotate-token' },
  input: z.object({
    id: z.uuid().meta({ title: 'Trigger' }),
    graceHours: z.int().min(0).max(720).default(24).meta({ title: 'The old one is taken for so many hours', help: '0: it ends at once' }),
  }),
  output: z.object({
    id: z.uuid(),
    token: z.string().meta({ secret: true }),
    path: z.string().meta({ secret: true, help: 'Below the address of the installation' }),
    oldTokenUntil: z.iso.datetime().nullable(),
  }),
  targets: async (ctx, { id }) => wholeTargets(ctx, { id: (await findHook(ctx, id)).workflowId }),
  async plan(ctx, { id, graceHours }) {
    const row = await findHook(ctx, id);
    const { name } = await findWorkflow(ctx, row.workflowId);
    const replaces = row.tokenHash !== null;
    return {
      summary: `${replaces ? 'Replace' : 'Make'} the address of a webhook of workflow ${name}`,
      changes: [{ action: 'update', type: 'workflow-trigger', id, name }],
      warnings: replaces && graceHours === 0 ? ['Whoever calls the old address is refused from then on.'] : [],
      ...(replaces ? { reversible: null } : {}),
    };
  },
  async run(ctx, { id, graceHours }) {
    const row = await findHook(ctx, id, true);
    const { name } = await findWorkflow(ctx, row.workflowId);
    const [token, at] = [randomToken(32), ctx.now()];
    const kept = row.tokenHash !== null && graceHours > 0;
    const oldTokenUntil = kept ? new Date(at.getTime() + graceHours * HOUR) : null;
    await ctx.db
      .update(workflowTriggers)
      .set({ tokenHash: sha256(token), oldTokenHash: kept ? row.tokenHash : null, oldTokenUntil, updatedAt: at })
      .where(and(eq(workflowTriggers.tenantId, ctx.tenantId), eq(workflowTriggers.id, id)));
    tellTriggers(ctx, { id: row.workflowId, name }, row.version, ['webhook']);
    return { id, token, path: `/hooks/${token}`, oldTokenUntil: oldTokenUntil?.toISOString() ?? null };
  },
});
