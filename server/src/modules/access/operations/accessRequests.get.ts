import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { AccessRequest, RequestId } from '../requests/schemas.ts';
import { findRequest, viewOf } from '../requests/store.ts';

export const accessRequestsGet = defineOperation({
  name: 'accessRequests.get',
  summary: 'Show a request for access',
  description: 'One’s own, or one that one may decide on.',
  permission: 'accessRequests:read',
  access: 'self',
  risk: 'read',
  input: z.object({ id: RequestId }),
  output: AccessRequest,
  targets: 'none',
  run: async (ctx, { id }) => viewOf(ctx, await findRequest(ctx, id)),
});
