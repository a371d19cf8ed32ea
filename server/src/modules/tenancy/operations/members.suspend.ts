import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { findMember, targetOf } from '../members/rows.ts';
import { inTenant, Member, memberId } from '../members/schemas.ts';
import { moveMember, planMove } from '../members/standing.ts';

export const membersSuspend = defineOperation({
  name: 'members.suspend',
  summary: 'Suspend a member of this tenant',
  description: 'They and their keys can do nothing here until they are activated. In other tenants nothing changes.',
  permission: 'users:update',
  risk: 'high',
  route: { method: 'POST', path: '/users/{userId}/suspend' },
  aliases: [{ method: 'POST', path: '/tenants/{id}/users/{userId}/suspend' }],
  tenantField: 'id',
  input: z.object({ id: inTenant, userId: memberId, reason: z.string().trim().max(500).optional().meta({ title: 'Reason' }) }),
  output: Member,
  targets: (ctx, { userId }) => targetOf(ctx, userId),
  plan: async (ctx, { userId }) => planMove(ctx, await findMember(ctx, userId), 'suspended'),
  run: (ctx, { userId, reason }) => moveMember(ctx, userId, 'suspended', reason),
});
