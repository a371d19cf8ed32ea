import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { planRemoval, removeMember } from '../members/leaving.ts';
import { findMember, targetOf } from '../members/rows.ts';
import { inTenant, memberId } from '../members/schemas.ts';

export const membersRemove = defineOperation({
  name: 'members.remove',
  summary: 'Remove a member from this tenant',
  description: 'Their sessions, keys and grants here end. What they own and what goes on without them needs a successor. The last owner stays.',
  permission: 'users:remove',
  risk: 'high',
  route: { method: 'DELETE', path: '/users/{userId}' },
  aliases: [{ method: 'DELETE', path: '/tenants/{id}/users/{userId}' }],
  tenantField: 'id',
  input: z.object({
    id: inTenant,
    userId: memberId,
    successorId: z.uuid().optional().meta({ title: 'Successor', help: 'Takes over what the member owns', widget: 'member' }),
  }),
  output: z.object({ id: z.uuid() }),
  targets: (ctx, { userId }) => targetOf(ctx, userId),
  plan: async (ctx, { userId, successorId }) => planRemoval(ctx, await findMember(ctx, userId), successorId),
  async run(ctx, { userId, successorId }) {
    await removeMember(ctx, userId, successorId);
    return { id: userId };
  },
});
