import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Scope } from '#kernel/scope.ts';
import { approve } from '../requests/decide.ts';
import { AccessRequest, Minutes, RequestId } from '../requests/schemas.ts';
import { viewOf } from '../requests/store.ts';

export const accessRequestsApprove = defineOperation({
  name: 'accessRequests.approve',
  summary: 'Agree to a request for access',
  description: 'As it was asked for, or with a lesser role, a narrower Scope or less time. Nobody gives what they do not hold themselves.',
  permission: 'accessRequests:decide',
  risk: 'high',
  change: 'none',
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'POST', path: '/access-requests/{id}/approve' },
  input: z.object({
    id: RequestId,
    roleId: z.uuid().optional().meta({ title: 'Lesser role', widget: 'role' }),
    scope: Scope.optional().meta({ title: 'Narrower Scope', widget: 'scope' }),
    minutes: Minutes.optional(),
    comment: z.string().max(4000).optional().meta({ title: 'Comment', widget: 'textarea' }),
  }),
  output: AccessRequest,
  targets: 'none',
  run: async (ctx, terms) => viewOf(ctx, await approve(ctx, terms)),
});
