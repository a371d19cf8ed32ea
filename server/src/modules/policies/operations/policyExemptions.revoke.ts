import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { exemptionTarget, exemptionView, ExemptionView, findExemption } from '../exemptions.ts';
import { Policies } from '../providers/port.ts';
import { actorBy } from '../store.ts';
import { policyExemptions } from '../tables.ts';

export const policyExemptionsRevoke = defineOperation({
  name: 'policyExemptions.revoke',
  summary: 'End an exemption before its time',
  permission: 'policies:exempt',
  risk: 'write',
  input: z.object({ id: z.uuid() }),
  output: ExemptionView,
  targets: exemptionTarget,
  async plan(ctx, { id }) {
    const { policies } = await findExemption(ctx, id);
    return {
      summary: `End the exemption from ${policies.join(', ')}`,
      changes: [{ action: 'delete', type: 'policyExemption', id, name: policies.join(', ') }],
      reversible: 'Ask for another exemption.',
    };
  },
  async run(ctx, { id }) {
    const row = await findExemption(ctx, id, true);
    if (row.revokedAt || row.validUntil <= ctx.now()) throw new Problem('invalid-transition', 'The exemption has ended already.');
    const ended = { revokedAt: ctx.now(), revokedBy: actorBy(ctx), updatedAt: ctx.now() };
    const [saved] = await ctx.db
      .update(policyExemptions)
      .set(ended)
      .where(and(eq(policyExemptions.tenantId, ctx.tenantId), eq(policyExemptions.id, id)))
      .returning();
    ctx.provider(Policies).changing(ctx.tenantId);
    ctx.emit('policy.exemption_revoked', { exemptionId: id, policies: row.policies, by: ctx.actor.id });
    return exemptionView(saved!, ctx.now());
  },
});
