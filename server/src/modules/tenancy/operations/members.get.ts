import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { findMember, targetOf, viewOf } from '../members/rows.ts';
import { inTenant, Member, memberId } from '../members/schemas.ts';

export const membersGet = defineOperation({
  name: 'members.get',
  summary: 'Show one person of this tenant',
  permission: 'users:read',
  risk: 'read',
  route: { method: 'GET', path: '/users/{userId}' },
  aliases: [
    { method: 'GET', path: '/tenants/{id}/users/{userId}' },
    { method: 'GET', path: '/members/{userId}' },
  ],
  tenantField: 'id',
  input: z.object({ id: inTenant, userId: memberId }),
  output: Member,
  targets: (ctx, { userId }) => targetOf(ctx, userId),
  run: async (ctx, { userId }) => viewOf(ctx, await findMember(ctx, userId)),
});
