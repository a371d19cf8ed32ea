import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Draft } from '../role-draft.ts';
import { planEdit, roleTarget, runEdit } from '../role-edit.ts';
import { RoleDetail } from '../schemas.ts';

export const rolesUpdate = defineOperation({
  name: 'roles.update',
  summary: 'Change a role',
  description:
    'The plan shows who gains and who loses what. A role that you hold yourself is not widened by you. Send `If-Match` so that no other edit is lost.',
  permission: 'roles:write',
  risk: 'high',
  input: Draft.omit({ key: true }).partial().extend({ id: z.uuid() }),
  output: RoleDetail,
  targets: roleTarget,
  plan: (ctx, { id, ...edit }) => planEdit(ctx, id, () => edit),
  run: (ctx, { id, ...edit }) => runEdit(ctx, id, () => edit),
});
