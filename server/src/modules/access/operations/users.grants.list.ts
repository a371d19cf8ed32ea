import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { listGrants } from '../grant-lists.ts';
import { memberTarget } from '../grant-writes.ts';
import { Grant } from '../schemas.ts';

export const usersGrantsList = defineOperation({
  name: 'users.grants.list',
  summary: 'List the grants of one person',
  description: 'The same as `grants.list` with a person, at the address of the person.',
  permission: 'grants:read',
  risk: 'read',
  route: { method: 'GET', path: '/users/{id}/grants' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ id: z.uuid().meta({ title: 'Person' }), ...pageInput }),
  output: pageOf(Grant),
  targets: (ctx, { id }) => memberTarget(ctx, id),
  run: (ctx, { id, ...page }) => listGrants(ctx, { subjectId: id, ...page }),
});
