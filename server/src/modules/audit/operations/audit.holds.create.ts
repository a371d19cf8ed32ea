import { z } from 'zod';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { holds, holdView, HoldView } from '../retention/holds.ts';

export const auditHoldsCreate = defineOperation({
  name: 'audit.holds.create',
  summary: 'Keep everything of the tenant or of one person, whatever retention says',
  description: 'While it is in force nothing of the subject is deleted by the clock: entries stay, and the tenant is not purged.',
  permission: 'audit:hold',
  risk: 'high',
  route: { method: 'POST', path: '/audit/holds' },
  input: z.object({
    subjectId: z.string().min(1).max(64).optional().meta({ title: 'Person', help: 'Id of the person; leave it out for the whole tenant' }),
    subjectName: z.string().trim().max(200).optional().meta({ title: 'Name of the person' }),
    reason: z.string().trim().min(10).max(2_000).meta({ title: 'Reason', help: 'The case and who asked for it' }),
  }),
  output: HoldView,
  targets: 'none',
  plan: (_ctx, { subjectId, subjectName }) => ({
    summary: subjectId === undefined ? 'Place a legal hold on the whole tenant' : `Place a legal hold on ${subjectName ?? subjectId}`,
    changes: [{ action: 'create', type: 'legalHold', name: subjectName ?? subjectId ?? 'the whole tenant' }],
    reversible: 'Lift the hold.',
    warnings: ['Nothing of the subject is deleted until it is lifted, even where the law asks for deletion.'],
  }),
  async run(ctx, { subjectId = null, subjectName = null, reason }) {
    const { tenantId, actor } = ctx;
    const [row] = await ctx.db
      .insert(holds)
      .values({ tenantId, id: newId(), subjectId, subjectName, reason, placedBy: actor.id, placedByName: actor.name, placedAt: ctx.now() })
      .returning()
      .catch((error: unknown) => {
        if (isUniqueViolation(error)) throw new Problem('hold-exists', 'The subject is held already. Lift that hold first, or leave it as it is.');
        throw error;
      });
    ctx.emit('audit.hold_placed', { holdId: row!.id, subjectId, reason });
    return holdView(row!);
  },
});
