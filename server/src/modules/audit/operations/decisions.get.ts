import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { PolicyView } from '../policy-view.ts';
import { DecisionDetails } from '../providers/port.ts';
import { viewOf } from '../query.ts';
import { AuditEntryView } from '../schemas.ts';
import { auditEntries } from '../tables.ts';

export const decisionsGet = defineOperation({
  name: 'decisions.get',
  summary: 'Explain a decision of the Gate',
  description:
    'The record that `X-Switchyard-Decision` names: the grant and the rules that were applied and what they said, the keyed hash of the input, and the time each step took. Your own, without any permission.',
  permission: 'decisions:read',
  access: 'self',
  risk: 'read',
  input: z.object({ id: z.uuid().meta({ title: 'Decision' }) }),
  output: AuditEntryView.extend({
    grantId: z.string().nullable(),
    inputHash: z.string(),
    timings: z.record(z.string(), z.number()),
    policy: PolicyView.nullable().meta({ help: 'What the rules said; kept for thirty days, of writes and of calls that a rule matched' }),
  }),
  targets: 'none',
  async run(ctx, { id }) {
    const mine = and(eq(auditEntries.tenantId, ctx.tenantId), eq(auditEntries.decisionId, id), eq(auditEntries.actorId, ctx.actor.id));
    const [row] = await ctx.db.select().from(auditEntries).where(mine).limit(1);
    if (!row)
      throw new Problem(
        'decision-not-found',
        `There is no decision ${id} of yours. Decisions on reads are kept within a second; those of others are in the audit list.`,
      );
    const policy = await ctx.provider(DecisionDetails).of(ctx.db, ctx.tenantId, id);
    return { ...viewOf(row), policy, grantId: row.grantId, inputHash: row.inputHash, timings: row.timings };
  },
});
