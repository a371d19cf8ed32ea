import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { memberTarget, planRevoke, runRevoke } from '../grant-writes.ts';
import { findGrant } from '../granting.ts';

export const grantsRevoke = defineOperation({
  name: 'grants.revoke',
  summary: 'Take a role from a person',
  description: 'Felt at their next call. The last owner of a tenant stays, and a person keeps at least one role.',
  permission: 'grants:write',
  risk: 'high',
  route: { method: 'DELETE', path: '/grants/{id}' },
  input: z.object({ id: z.uuid().meta({ title: 'Grant' }) }),
  output: z.object({ id: z.uuid() }),
  targets: async (ctx, { id }) => memberTarget(ctx, (await findGrant(ctx, id)).grant.subjectId),
  plan: (ctx, { id }) => planRevoke(ctx, id),
  run: (ctx, { id }) => runRevoke(ctx, id),
});
