import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { findGroup, usesOf } from '../group-edit.ts';
import { groupFields, inTurn } from '../group-writes.ts';
import { RightsChanged } from '../providers/port.ts';
import { requireSeen } from '../role-writes.ts';
import { groups } from '../tables.ts';

async function deletable(ctx: ReadContext, id: string) {
  const found = await findGroup(ctx, id);
  requireSeen(ctx, found.row.name, found.row.version);
  const parents = [...found.nesting.values()].filter((children) => children.includes(id)).length;
  const count = parents + (await usesOf(ctx, new Set([id]))).length;
  if (count > 0) throw new Problem('group-in-use', `${count} grants or groups name "${found.row.name}".`, { count });
  return found;
}

export const groupsDelete = defineOperation({
  name: 'groups.delete',
  summary: 'Delete a resource group that nothing names',
  description: 'The resources themselves stay.',
  permission: 'groups:write',
  risk: 'write',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  targets: async (ctx, { id }) => [{ type: 'group', id, name: (await findGroup(ctx, id)).row.name }],
  async plan(ctx, { id }) {
    const { row, content } = await deletable(ctx, id);
    return {
      summary: `Delete group ${row.name}`,
      changes: [{ action: 'delete', type: 'group', id, name: row.name, fields: groupFields(content, null) }],
      reversible: 'Make the group again; Scopes name it by id.',
      observed: { [`group ${id}`]: String(row.version) },
    };
  },
  async run(ctx, { id }) {
    await inTurn(ctx);
    const { row } = await deletable(ctx, id);
    await ctx.db.delete(groups).where(and(eq(groups.tenantId, ctx.tenantId), eq(groups.id, id)));
    ctx.provider(RightsChanged).changing(ctx.tenantId);
    ctx.emit('group.deleted', { groupId: id, name: row.name });
    return { id };
  },
});
