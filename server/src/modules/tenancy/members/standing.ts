import type { z } from 'zod';
import type { Context, ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import type { Plan } from '#kernel/plan.ts';
import { Problem } from '#kernel/problem.ts';
import { lockTenant } from '../own.ts';
import { MemberRights } from '../providers/port.ts';
import { members, type MemberRow } from '../tables.ts';
import { lockMember, requireOwnerLeft, viewOf } from './rows.ts';
import type { Member } from './schemas.ts';

type Standing = MemberRow['status'];
const DONE: Record<Standing, string> = { suspended: 'suspended', active: 'activated' };

/** Throws when the member is so already, is the last owner, or stands above the caller. */
async function requireMovable(ctx: ReadContext, row: MemberRow, to: Standing): Promise<void> {
  if (row.status === to) throw new Problem('invalid-transition', `${row.name} is ${row.status} already.`);
  if (to === 'suspended') await requireOwnerLeft(ctx, row, 'suspended');
  if (to === 'suspended' && row.id === ctx.actor.id) throw new Problem('invalid-transition', 'Nobody suspends themselves. Leave the tenant instead.');
  await ctx.provider(MemberRights).requireTakeable(ctx, row.id);
}

export async function planMove(ctx: ReadContext, row: MemberRow, to: Standing): Promise<Plan> {
  await requireMovable(ctx, row, to);
  return {
    summary: `${row.name} is ${DONE[to]}`,
    changes: [{ action: 'update', type: 'member', id: row.id, name: row.name, fields: [{ path: 'status', before: row.status, after: to }] }],
    reversible: to === 'suspended' ? 'Activate the member again.' : 'Suspend the member again.',
  };
}

/** What a person may do here follows this row, so it holds with the commit; who is remembered as signed in is looked at anew after it. */
export async function moveMember(ctx: Context, id: string, to: Standing, reason: string | undefined): Promise<z.input<typeof Member>> {
  // One after the other, so that the last two owners cannot go at once.
  await lockTenant(ctx);
  const row = await lockMember(ctx, id);
  await requireMovable(ctx, row, to);
  const [after] = await ctx.db
    .update(members)
    .set({ status: to, updatedAt: ctx.now() })
    .where(and(eq(members.tenantId, ctx.tenantId), eq(members.id, id)))
    .returning();
  ctx.emit(to === 'suspended' ? 'member.suspended' : 'member.activated', { memberId: id, ...(reason ? { reason } : {}) });
  return viewOf(ctx, after!);
}
