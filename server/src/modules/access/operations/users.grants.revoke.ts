import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { memberTarget, planRevoke, runRevoke } from '../grant-writes.ts';
import { findGrant } from '../granting.ts';

/** Throws `not-found` when the grant is somebody else's. */
async function ofPerson(ctx: ReadContext, { id, grantId }: { id: string; grantId: string }): Promise<string> {
  if ((await findGrant(ctx, grantId)).grant.subjectId !== id)
    throw new Problem('not-found', 'This person has no such grant, or it is revoked already.');
  return grantId;
}

export const usersGrantsRevoke = defineOperation({
  name: 'users.grants.revoke',
  summary: 'Take a role from one person',
  description: 'The same as `grants.revoke`, at the address of the person.',
  permission: 'grants:write',
  risk: 'high',
  route: { method: 'DELETE', path: '/users/{id}/grants/{grantId}' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ id: z.uuid().meta({ title: 'Person' }), grantId: z.uuid().meta({ title: 'Grant' }) }),
  output: z.object({ id: z.uuid() }),
  async targets(ctx, input) {
    await ofPerson(ctx, input);
    return memberTarget(ctx, input.id);
  },
  plan: async (ctx, input) => planRevoke(ctx, await ofPerson(ctx, input)),
  run: async (ctx, input) => runRevoke(ctx, await ofPerson(ctx, input)),
});
