import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { GrantFields, memberTarget, planCreate, Reason, runCreate } from '../grant-writes.ts';
import { Grant } from '../schemas.ts';

export const usersGrantsCreate = defineOperation({
  name: 'users.grants.create',
  summary: 'Give one person a role',
  description: 'The same as `grants.create`, at the address of the person.',
  permission: 'grants:write',
  risk: 'high',
  route: { method: 'POST', path: '/users/{id}/grants' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ id: z.uuid().meta({ title: 'Person' }), ...GrantFields, reason: Reason }),
  output: Grant,
  targets: (ctx, { id }) => memberTarget(ctx, id),
  plan: (ctx, { id, ...said }) => planCreate(ctx, { subjectId: id, ...said }),
  run: (ctx, { id, ...said }) => runCreate(ctx, { subjectId: id, ...said }),
});
