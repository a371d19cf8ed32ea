import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { cancel } from '../requests/decide.ts';
import { AccessRequest, RequestId } from '../requests/schemas.ts';
import { viewOf } from '../requests/store.ts';

export const accessRequestsCancel = defineOperation({
  name: 'accessRequests.cancel',
  summary: 'Take a request for access back',
  description: 'One’s own, before it is decided on.',
  permission: 'accessRequests:create',
  access: 'self',
  risk: 'write',
  change: 'none',
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'POST', path: '/access-requests/{id}/cancel' },
  input: z.object({ id: RequestId }),
  output: AccessRequest,
  targets: 'none',
  run: async (ctx, { id }) => viewOf(ctx, await cancel(ctx, id)),
});
