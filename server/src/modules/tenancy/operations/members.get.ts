import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { RolesOfMembers } from '../providers/port.ts';
import { Member, member } from '../schemas.ts';
import { members } from '../tables.ts';

const find = (ctx: ReadContext, id: string) =>
  ctx.once(`member ${id}`, async () => {
    const [row] = await ctx.db
      .select()
      .from(members)
      .where(and(eq(members.tenantId, ctx.tenantId), eq(members.id, id)));
    if (!row) throw new Problem('not-found', 'There is no such person in this tenant.');
    return row;
  });

export const membersGet = defineOperation({
  name: 'members.get',
  summary: 'Show one person of this tenant',
  permission: 'users:read',
  risk: 'read',
  input: z.object({ id: z.uuid() }),
  output: Member,
  targets: async (ctx, { id }) => [{ type: 'member', id, name: (await find(ctx, id)).name }],
  async run(ctx, { id }) {
    const row = await find(ctx, id);
    const roles = await ctx.provider(RolesOfMembers).roles(ctx.db, ctx.tenantId, [id]);
    return member(row, roles.get(id) ?? []);
  },
});
