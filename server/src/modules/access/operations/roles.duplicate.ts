import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { lowestLevel } from '../grantable.ts';
import { findRole, giverOf } from '../granting.ts';
import { Draft, draftOf, fieldsOf } from '../role-draft.ts';
import { roleTarget } from '../role-edit.ts';
import { requireSavable } from '../role-rules.ts';
import { roleDetail } from '../role-view.ts';
import { insertRole, requireRoom } from '../role-writes.ts';
import { RoleDetail } from '../schemas.ts';

/** The copy stands no higher than whoever makes it, and never where the owner stands. */
async function copyOf(ctx: ReadContext, { id, key, name }: { id: string; key: string; name?: string | undefined }): Promise<Draft> {
  const row = await findRole(ctx, id);
  const lowest = lowestLevel((await giverOf(ctx)).rights, ctx.now());
  const level = Math.min(100, Math.max(2, row.level, Number.isFinite(lowest) ? lowest : 100));
  const draft = { ...draftOf(row), key, name: name ?? `${row.name} (copy)`.slice(0, 100), level };
  await requireSavable(ctx, draft);
  await requireRoom(ctx, [key]);
  return draft;
}

export const rolesDuplicate = defineOperation({
  name: 'roles.duplicate',
  summary: 'Copy a role',
  description: 'System roles too: the copy is the tenant’s own and can be edited. Nobody holds it yet.',
  permission: 'roles:write',
  risk: 'write',
  route: { method: 'POST', path: '/roles/{id}/duplicate' },
  input: z.object({ id: z.uuid(), key: Draft.shape.key, name: Draft.shape.name.optional() }),
  output: RoleDetail,
  targets: roleTarget,
  async plan(ctx, wanted) {
    const draft = await copyOf(ctx, wanted);
    return {
      summary: `Make role ${draft.name} as a copy`,
      changes: [{ action: 'create', type: 'role', name: draft.key, fields: fieldsOf(null, draft) }],
      reversible: 'Delete the copy.',
    };
  },
  run: async (ctx, wanted) => roleDetail(ctx, await insertRole(ctx, await copyOf(ctx, wanted), wanted.id)),
});
