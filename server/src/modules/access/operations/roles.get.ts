import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { findRole } from '../granting.ts';
import { roleDetail } from '../role-view.ts';
import { RoleDetail } from '../schemas.ts';

export const rolesGet = defineOperation({
  name: 'roles.get',
  summary: 'Show a role with all permissions its patterns hold',
  permission: 'roles:read',
  risk: 'read',
  input: z.object({ id: z.uuid() }),
  output: RoleDetail,
  targets: async (ctx, { id }) => [{ type: 'role', id, name: (await findRole(ctx, id)).key }],
  run: async (ctx, { id }) => roleDetail(ctx, await findRole(ctx, id)),
});
