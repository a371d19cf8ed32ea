import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq, isNull } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { holds, holdView, HoldView, type HoldRow } from '../retention/holds.ts';

async function holdById(ctx: Pick<ReadContext, 'db' | 'tenantId'>, id: string): Promise<HoldRow> {
  const [row] = await ctx.db
    .select()
    .from(holds)
    .where(and(eq(holds.tenantId, ctx.tenantId), eq(holds.id, id), isNull(holds.liftedAt)));
  if (!row) throw new Problem('hold-not-found', `There is no legal hold ${id} in force in this tenant.`);
  return row;
}

export const auditHoldsLift = defineOperation({
  name: 'audit.holds.lift',
  summary: 'Lift a legal hold',
  description: 'From then on retention deletes again what its time is over for.',
  permission: 'audit:hold',
  risk: 'high',
  route: { method: 'POST', path: '/audit/holds/{id}/lift' },
  input: z.object({
    id: z.uuid().meta({ title: 'Legal hold' }),
    reason: z.string().trim().min(10).max(2_000).meta({ title: 'Reason' }),
  }),
  output: HoldView,
  targets: async (ctx, { id }) => [{ type: 'legalHold', id, name: (await holdById(ctx, id)).subjectName ?? 'the whole tenant' }],
  async plan(ctx, { id }) {
    const name = (await holdById(ctx, id)).subjectName ?? 'the whole tenant';
    return {
      summary: `Lift the legal hold on ${name}`,
      changes: [{ action: 'delete', type: 'legalHold', id, name }],
      dataLoss: 'The next run of retention deletes what was kept only because of it.',
    };
  },
  async run(ctx, { id, reason }) {
    const { actor } = ctx;
    const lifted = { liftedBy: actor.id, liftedByName: actor.name, liftedAt: ctx.now(), liftReason: reason };
    await holdById(ctx, id);
    const [row] = await ctx.db.update(holds).set(lifted).where(and(eq(holds.tenantId, ctx.tenantId), eq(holds.id, id))).returning(); // prettier-ignore
    ctx.emit('audit.hold_lifted', { holdId: id, subjectId: row!.subjectId, reason });
    return holdView(row!);
  },
});
