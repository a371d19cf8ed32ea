import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { MemberRights } from '../providers/port.ts';
import { members, type MemberRow } from '../tables.ts';
import { member } from './schemas.ts';

const one = ({ tenantId }: ReadContext, id: string) => and(eq(members.tenantId, tenantId), eq(members.id, id));
const absent = (): Problem => new Problem('not-found', 'There is no such person in this tenant.');

/** A member by id; the answer is the same for those of other tenants and for those that never were. */
export const findMember = (ctx: ReadContext, id: string): Promise<MemberRow> =>
  ctx.once(`tenancy member ${id}`, async () => {
    const [row] = await ctx.db.select().from(members).where(one(ctx, id));
    if (!row) throw absent();
    return row;
  });

/** The same as it is now, and nobody else may change it before we are done. */
export async function lockMember(ctx: ReadContext, id: string): Promise<MemberRow> {
  const [row] = await ctx.db.select().from(members).where(one(ctx, id)).for('update');
  if (!row) throw absent();
  return row;
}

export const memberTarget = ({ id, name }: MemberRow): Target => ({ type: 'member', id, name });
export const targetOf = async (ctx: ReadContext, id: string): Promise<Target[]> => [memberTarget(await findMember(ctx, id))];

export async function viewOf(ctx: ReadContext, row: MemberRow): Promise<ReturnType<typeof member>> {
  const roles = await ctx.provider(MemberRights).held(ctx.db, ctx.tenantId, [row.id]);
  return member(row, roles.get(row.id));
}

/** Throws `last-owner` when the tenant would have no active owner without this member. */
export async function requireOwnerLeft(ctx: ReadContext, { id, name }: MemberRow, act: string): Promise<void> {
  if (await ctx.provider(MemberRights).isLastOwner(ctx.db, ctx.tenantId, id))
    throw new Problem('last-owner', `${name} is the last owner of the tenant and cannot be ${act}. Transfer the ownership first.`);
}
