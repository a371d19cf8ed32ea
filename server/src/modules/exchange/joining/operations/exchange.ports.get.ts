import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { JoinRequest, portId } from '../schemas.ts';
import { oneOwn, ownRequestOf, requestView } from '../store.ts';

export const exchangePortsGet = defineOperation({
  name: 'exchange.ports.get',
  summary: 'Show a join request or port of yours',
  permission: 'exchangeRequests:create',
  risk: 'read',
  input: z.object({ id: portId }),
  output: JoinRequest,
  targets: oneOwn,
  run: async (ctx, { id }) => requestView(await ownRequestOf(ctx, id)),
});
