import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { JoinRequest, requestId } from '../schemas.ts';
import { oneRequest, requestOf, requestView } from '../store.ts';

export const exchangeRequestsGet = defineOperation({
  name: 'exchange.requests.get',
  summary: 'Show a join request',
  permission: 'exchangeRequests:read',
  risk: 'read',
  input: z.object({ id: requestId }),
  output: JoinRequest,
  targets: oneRequest,
  run: async (ctx, { id }) => requestView(await requestOf(ctx, id)),
});
