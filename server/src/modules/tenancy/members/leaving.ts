import type { Context, ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { Mail } from '#kernel/mail.ts';
import type { Plan } from '#kernel/plan.ts';
import { Problem } from '#kernel/problem.ts';
import { lockTenant } from '../own.ts';
import { Belongings, MemberRights } from '../providers/port.ts';
import { members, type MemberRow } from '../tables.ts';
import { findMember, lockMember, requireOwnerLeft } from './rows.ts';

async function belongingsOf(ctx: ReadContext, memberId: string): Promise<string[]> {
  const all = await Promise.all(ctx.provider(Belongings).map((owner) => owner.of(ctx.db, ctx.tenantId, memberId)));
  return all.flat();
}

async function requireSuccessor(ctx: ReadContext, row: MemberRow, successorId: string | undefined): Promise<MemberRow | undefined> {
  const belongings = await belongingsOf(ctx, row.id);
  if (successorId === undefined) {
    if (belongings.length === 0) return undefined;
    throw new Problem('successor-required', `${row.name} owns ${belongings.join(', ')}. Name a member who takes that over.`, { belongings });
  }
  const successor = await findMember(ctx, successorId);
  if (successor.id !== row.id && successor.status === 'active' && successor.kind === 'person') return successor;
  throw new Problem('validation-failed', `${successor.name} cannot take that over: it has to be another active member.`, {
    errors: [{ pointer: '/successorId', message: 'Another active member' }],
  });
}

/** Throws when the member is the last owner, stands above the caller, or leaves something behind that nobody takes over. */
async function requireRemovable(ctx: ReadContext, row: MemberRow, successorId: string | undefined): Promise<MemberRow | undefined> {
  await requireOwnerLeft(ctx, row, row.id === ctx.actor.id ? 'let go' : 'removed');
  if (row.id !== ctx.actor.id) await ctx.provider(MemberRights).requireTakeable(ctx, row.id);
  return requireSuccessor(ctx, row, successorId);
}

export async function planRemoval(ctx: ReadContext, row: MemberRow, successorId: string | undefined): Promise<Plan> {
  const successor = await requireRemovable(ctx, row, successorId);
  const belongings = await belongingsOf(ctx, row.id);
  const held = (await ctx.provider(MemberRights).held(ctx.db, ctx.tenantId, [row.id])).get(row.id) ?? [];
  return {
    summary: `${row.name} is no longer a member${successor ? `; ${successor.name} takes over ${belongings.join(', ') || 'nothing'}` : ''}`,
    changes: [
      {
        action: 'delete',
        type: 'member',
        id: row.id,
        name: row.name,
        fields: [{ path: 'roles', before: held.map(({ key }) => key) }, ...(successor ? [{ path: 'successor', after: successor.name }] : [])],
      },
    ],
    warnings: ['Their sessions and API keys in this tenant end, and their grants are gone.'],
    reversible: 'Invite the person again.',
  };
}

/** The rows of the tenant go with this transaction; sessions, keys and the membership itself follow its event. */
export async function removeMember(ctx: Context, id: string, successorId: string | undefined): Promise<void> {
  // One after the other, so that the last two owners cannot go at once.
  const { name: tenant } = await lockTenant(ctx);
  const row = await lockMember(ctx, id);
  const successor = await requireRemovable(ctx, row, successorId);
  if (successor) for (const owner of ctx.provider(Belongings)) await owner.hand(ctx.db, ctx.tenantId, id, successor.id);
  await ctx.provider(MemberRights).takeAll(ctx, id);
  await ctx.db.delete(members).where(and(eq(members.tenantId, ctx.tenantId), eq(members.id, id)));
  ctx.emit('member.removed', { memberId: id, successorId: successor?.id ?? null, left: id === ctx.actor.id });
  if (row.kind === 'person') await ctx.provider(Mail).send(ctx.db, { to: row.email, template: 'member-removed', data: { name: row.name, tenant } });
}
