import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { listGrants } from '../grant-lists.ts';
import { findRole } from '../granting.ts';
import { Grant } from '../schemas.ts';

export const rolesMembersList = defineOperation({
  name: 'roles.members.list',
  summary: 'List who holds a role',
  description: 'One entry for each grant; a person with two grants of the role is listed twice.',
  permission: 'users:read',
  risk: 'read',
  route: { method: 'GET', path: '/roles/{id}/users' },
  input: z.object({ id: z.uuid().meta({ title: 'Role', widget: 'role' }), ...pageInput }),
  output: pageOf(Grant),
  targets: 'filter',
  async run(ctx, { id, ...page }) {
    await findRole(ctx, id);
    return listGrants(ctx, { roleId: id, ...page });
  },
});
