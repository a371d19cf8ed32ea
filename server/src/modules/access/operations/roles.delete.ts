import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { findRole, requireNotAbove } from '../granting.ts';
import { RightsChanged } from '../providers/port.ts';
import { draftOf, fieldsOf } from '../role-draft.ts';
import { roleTarget } from '../role-edit.ts';
import { grantsOfRole } from '../role-impact.ts';
import { requireOwn } from '../role-rules.ts';
import { requireSeen } from '../role-writes.ts';
import { grants, roles, type RoleRow } from '../tables.ts';

async function deletable(ctx: ReadContext, id: string): Promise<RoleRow> {
  const row = await findRole(ctx, id);
  requireOwn(row);
  requireSeen(ctx, row.key, row.version);
  await requireNotAbove(ctx, row, `The role ${row.key} stands above every role you hold.`);
  const count = new Set((await grantsOfRole(ctx, id)).map((grant) => grant.subjectId)).size;
  if (count > 0) throw new Problem('role-in-use', `${row.name} is held by ${count} ${count === 1 ? 'person' : 'people'}.`, { count });
  return row;
}

export const rolesDelete = defineOperation({
  name: 'roles.delete',
  summary: 'Delete a role that nobody holds',
  description: 'Grants of it that are over go with it; who held it when stays in the audit trail.',
  permission: 'roles:write',
  risk: 'high',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  targets: roleTarget,
  async plan(ctx, { id }) {
    const row = await deletable(ctx, id);
    return {
      summary: `Delete role ${row.name}`,
      changes: [{ action: 'delete', type: 'role', id, name: row.key, fields: fieldsOf(draftOf(row), null) }],
      reversible: 'Make the role again.',
      observed: { [`role ${id}`]: String(row.version) },
    };
  },
  async run(ctx, { id }) {
    // Whoever is just granting it holds the row, so that no grant slips in between the look and the deletion.
    await ctx.db.select({ id: roles.id }).from(roles).where(and(eq(roles.tenantId, ctx.tenantId), eq(roles.id, id))).for('update'); // prettier-ignore
    const row = await deletable(ctx, id);
    await ctx.db.delete(grants).where(and(eq(grants.tenantId, ctx.tenantId), eq(grants.roleId, id)));
    await ctx.db.delete(roles).where(and(eq(roles.tenantId, ctx.tenantId), eq(roles.id, id)));
    ctx.provider(RightsChanged).changing(ctx.tenantId);
    ctx.emit('role.deleted', { roleId: id, key: row.key });
    return { id };
  },
});
