import { z } from 'zod';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { securityEventById } from '../security/find.ts';
import { SecurityEventView, securityEventView } from '../security/schemas.ts';
import { securityEvents, STATES } from '../security/tables.ts';

export const securityEventsUpdate = defineOperation({
  name: 'securityEvents.update',
  summary: 'Say how a security event stands',
  description: 'Take it on, close it, or call it a false positive. What closes it says why, so that the next who sees the like can read it.',
  permission: 'securityEvents:write',
  risk: 'write',
  input: z.object({
    id: z.uuid().meta({ title: 'Security event' }),
    state: z.enum(STATES).meta({ title: 'State' }),
    note: z.string().trim().max(2_000).optional().meta({ title: 'Note', help: 'What was found and done', widget: 'textarea' }),
  }),
  output: SecurityEventView,
  targets: async (ctx, { id }) => {
    const { rule } = await securityEventById(ctx, id);
    return [{ type: 'securityEvent', id, name: rule }];
  },
  async plan(ctx, { id, state }) {
    const row = await securityEventById(ctx, id);
    return {
      summary: `Security event ${row.rule}: ${row.state} becomes ${state}`,
      changes: [{ action: 'update', type: 'securityEvent', id, name: row.rule, fields: [{ path: 'state', before: row.state, after: state }] }],
      reversible: 'Set another state.',
    };
  },
  async run(ctx, { id, state, note }) {
    const before = await securityEventById(ctx, id);
    const closes = state === 'resolved' || state === 'false_positive';
    if (closes && (note ?? before.note ?? '').length < 5)
      throw new Problem('validation-failed', 'Say in a few words why it is closed.', {
        errors: [{ pointer: '/note', message: 'At least 5 characters' }],
      });
    const decided = { decidedBy: ctx.actor.id, decidedByName: ctx.actor.name, decidedAt: ctx.now() };
    const mine = and(eq(securityEvents.tenantId, ctx.tenantId), eq(securityEvents.id, id));
    const [row] = await ctx.db
      .update(securityEvents)
      .set({ state, note: note ?? before.note, ...decided, version: sql`${securityEvents.version} + 1`, updatedAt: ctx.now() })
      .where(mine)
      .returning()
      .catch((error: unknown) => {
        if (isUniqueViolation(error)) throw new Problem('security-event-open', 'The same is being seen again, and stands open in a newer event. Work on that one.');
        throw error;
      }); // prettier-ignore
    return securityEventView(row!);
  },
});
