import type { Context, ReadContext } from '#kernel/context.ts';
import type { Plan } from '#kernel/plan.ts';
import type { z } from 'zod';
import { findRole } from './granting.ts';
import { edited, tidied, type Draft, type Edit } from './role-draft.ts';
import { editPlan, requireEditable } from './role-impact.ts';
import { requireOwn, requireSavable } from './role-rules.ts';
import { roleDetail } from './role-view.ts';
import { requireSeen, updateRole } from './role-writes.ts';
import type { RoleDetail } from './schemas.ts';
import type { RoleRow } from './tables.ts';

/** Says what becomes of the role; asked again when the Change runs. */
export type Editor = (row: RoleRow) => Edit;

async function editFor(ctx: ReadContext, id: string, editor: Editor): Promise<{ row: RoleRow; after: Draft }> {
  const row = await findRole(ctx, id);
  requireOwn(row);
  requireSeen(ctx, row.key, row.version);
  const wanted = edited(row, editor(row));
  await requireSavable(ctx, wanted);
  const after = tidied(wanted);
  await requireEditable(ctx, row, after);
  return { row, after };
}

export async function planEdit(ctx: ReadContext, id: string, editor: Editor): Promise<Plan> {
  const { row, after } = await editFor(ctx, id, editor);
  return editPlan(ctx, row, after);
}

export async function runEdit(ctx: Context, id: string, editor: Editor): Promise<z.input<typeof RoleDetail>> {
  const { row, after } = await editFor(ctx, id, editor);
  return roleDetail(ctx, await updateRole(ctx, row, after));
}

export const roleTarget = async (ctx: ReadContext, { id }: { id: string }) => [{ type: 'role', id, name: (await findRole(ctx, id)).key }];
