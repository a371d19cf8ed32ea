import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { reject } from '../requests/decide.ts';
import { AccessRequest, RequestId } from '../requests/schemas.ts';
import { viewOf } from '../requests/store.ts';

export const accessRequestsReject = defineOperation({
  name: 'accessRequests.reject',
  summary: 'Refuse a request for access',
  permission: 'accessRequests:decide',
  risk: 'high',
  change: 'none',
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'POST', path: '/access-requests/{id}/reject' },
  input: z.object({ id: RequestId, comment: z.string().trim().min(5).max(4000).meta({ title: 'Why', widget: 'textarea' }) }),
  output: AccessRequest,
  targets: 'none',
  run: async (ctx, { id, comment }) => viewOf(ctx, await reject(ctx, id, comment)),
});
