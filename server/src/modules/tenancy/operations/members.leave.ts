import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { removeMember } from '../members/leaving.ts';
import { tenantId } from '../schemas.ts';

export const membersLeave = defineOperation({
  name: 'members.leave',
  summary: 'Leave a tenant',
  description: 'Needs no permission: nobody is held. The last owner transfers the ownership first.',
  permission: 'tenants:leave',
  risk: 'write',
  change: 'none',
  access: 'self',
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'POST', path: '/tenants/{id}/leave' },
  tenantField: 'id',
  input: z.object({ id: tenantId, successorId: z.uuid().optional().meta({ title: 'Successor', widget: 'member' }) }),
  output: z.object({ id: z.uuid() }),
  targets: 'none',
  async run(ctx, { id, successorId }) {
    if (ctx.actor.kind !== 'user') throw new Problem('session-required', 'This needs a person who is signed in; an API key may not do it.');
    await removeMember(ctx, ctx.actor.id, successorId);
    return { id };
  },
});
