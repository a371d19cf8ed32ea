import type { ReadContext } from '#kernel/context.ts';
import { and, count, eq, gt } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { limitOf, upgradeFor } from './plans.ts';
import { invitations, members } from './tables.ts';

/** People (machines take no seat), suspended ones too, and invitations that can still be accepted. */
export async function seatsUsed({ db, tenantId, now }: Pick<ReadContext, 'db' | 'tenantId' | 'now'>): Promise<number> {
  const [people] = await db
    .select({ count: count() })
    .from(members)
    .where(and(eq(members.tenantId, tenantId), eq(members.kind, 'person')));
  const [open] = await db
    .select({ count: count() })
    .from(invitations)
    .where(and(eq(invitations.tenantId, tenantId), eq(invitations.state, 'pending'), gt(invitations.expiresAt, now())));
  return people!.count + open!.count;
}

/** The caller holds the tenant's row, so two who want the last seat take turns. */
export async function requireSeat(ctx: Parameters<typeof seatsUsed>[0], plan: string): Promise<void> {
  const limit = limitOf(plan, 'seats');
  const used = limit === null ? 0 : await seatsUsed(ctx);
  if (limit === null || used < limit) return;
  throw new Problem('seat-limit-reached', `All ${limit} seats of the plan ${plan} are taken by members and open invitations.`, {
    limit,
    used,
    upgradeTo: upgradeFor(plan, 'seats') ?? null,
  });
}
