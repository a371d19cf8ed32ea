import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { securityEvents, type SecurityEventRow } from './tables.ts';

export async function securityEventById(ctx: Pick<ReadContext, 'db' | 'tenantId'>, id: string): Promise<SecurityEventRow> {
  const mine = and(eq(securityEvents.tenantId, ctx.tenantId), eq(securityEvents.id, id));
  const [row] = await ctx.db.select().from(securityEvents).where(mine);
  if (!row) throw new Problem('security-event-not-found', `There is no security event ${id} in this tenant.`);
  return row;
}
