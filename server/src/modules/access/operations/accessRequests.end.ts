import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { end } from '../requests/decide.ts';
import { AccessRequest, RequestId } from '../requests/schemas.ts';
import { viewOf } from '../requests/store.ts';

export const accessRequestsEnd = defineOperation({
  name: 'accessRequests.end',
  summary: 'End access before its time',
  description: 'By who has it, or by who may decide on such requests. Felt at the next call.',
  permission: 'accessRequests:create',
  access: 'self',
  risk: 'write',
  change: 'none',
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'POST', path: '/access-requests/{id}/end' },
  input: z.object({ id: RequestId }),
  output: AccessRequest,
  targets: 'none',
  run: async (ctx, { id }) => viewOf(ctx, await end(ctx, id)),
});
