import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Draft } from '../role-draft.ts';
import { planEdit, roleTarget, runEdit } from '../role-edit.ts';
import { RoleDetail } from '../schemas.ts';

export const rolesPermissionsReplace = defineOperation({
  name: 'roles.permissions.replace',
  summary: 'Give a role these permissions and no others',
  permission: 'roles:write',
  risk: 'high',
  route: { method: 'PUT', path: '/roles/{id}/permissions' },
  input: z.object({ id: z.uuid(), patterns: Draft.shape.patterns }),
  output: RoleDetail,
  targets: roleTarget,
  plan: (ctx, { id, patterns }) => planEdit(ctx, id, () => ({ patterns })),
  run: (ctx, { id, patterns }) => runEdit(ctx, id, () => ({ patterns })),
});
