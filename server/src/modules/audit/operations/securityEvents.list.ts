import { z } from 'zod';
import { and, desc, eq, gte, inArray, lt, or } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { RULE_SEVERITIES } from '../security/rules.ts';
import { SecurityEventView, securityEventView } from '../security/schemas.ts';
import { OPEN, securityEvents, STATES } from '../security/tables.ts';

export const securityEventsList = defineOperation({
  name: 'securityEvents.list',
  summary: 'List security events',
  description: 'What rules raised from the trail: bursts of refusals, lockouts, changed factors, reused tokens. Last seen first.',
  permission: 'securityEvents:read',
  risk: 'read',
  sensitive: true,
  input: z.object({
    state: z.enum(STATES).optional().meta({ title: 'State' }),
    open: z.boolean().optional().meta({ title: 'Only what is open' }),
    severity: z.enum(RULE_SEVERITIES).optional().meta({ title: 'Severity' }),
    rule: z.string().max(60).optional().meta({ title: 'Rule' }),
    actorId: z.string().max(64).optional().meta({ title: 'Person' }),
    from: z.iso.datetime({ offset: true }).optional().meta({ title: 'From' }),
    ...pageInput,
  }),
  output: pageOf(SecurityEventView),
  targets: 'none',
  async run(ctx, { state, open, severity, rule, actorId, from, cursor, limit }) {
    const [at, id] = decodeCursor(cursor, 2) ?? [];
    const last = at === undefined ? undefined : new Date(String(at));
    const rows = await ctx.db
      .select()
      .from(securityEvents)
      .where(and(
        eq(securityEvents.tenantId, ctx.tenantId),
        state && eq(securityEvents.state, state),
        open === undefined ? undefined : inArray(securityEvents.state, open ? [...OPEN] : STATES.filter((one) => !OPEN.includes(one))),
        severity && eq(securityEvents.severity, severity),
        rule === undefined ? undefined : eq(securityEvents.rule, rule),
        actorId === undefined ? undefined : eq(securityEvents.actorId, actorId),
        from === undefined ? undefined : gte(securityEvents.lastAt, new Date(from)),
        last && or(lt(securityEvents.lastAt, last), and(eq(securityEvents.lastAt, last), lt(securityEvents.id, String(id)))),
      ))
      .orderBy(desc(securityEvents.lastAt), desc(securityEvents.id))
      .limit(limit + 1); // prettier-ignore
    return toPage(rows, limit, (row) => [row.lastAt.toISOString(), row.id], securityEventView);
  },
});
