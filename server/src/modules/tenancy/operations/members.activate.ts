import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { findMember, targetOf } from '../members/rows.ts';
import { inTenant, Member, memberId } from '../members/schemas.ts';
import { moveMember, planMove } from '../members/standing.ts';

export const membersActivate = defineOperation({
  name: 'members.activate',
  summary: 'Let a suspended member work again',
  permission: 'users:update',
  risk: 'write',
  route: { method: 'POST', path: '/users/{userId}/activate' },
  aliases: [{ method: 'POST', path: '/tenants/{id}/users/{userId}/activate' }],
  tenantField: 'id',
  input: z.object({ id: inTenant, userId: memberId }),
  output: Member,
  targets: (ctx, { userId }) => targetOf(ctx, userId),
  plan: async (ctx, { userId }) => planMove(ctx, await findMember(ctx, userId), 'active'),
  run: (ctx, { userId }) => moveMember(ctx, userId, 'active', undefined),
});
