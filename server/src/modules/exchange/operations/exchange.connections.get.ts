import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { connectionOf, oneConnection } from '../find.ts';
import { Connection, connectionId } from '../schemas.ts';
import { connectionView } from '../view.ts';

export const exchangeConnectionsGet = defineOperation({
  name: 'exchange.connections.get',
  summary: 'Show a connection',
  permission: 'exchange:read',
  risk: 'read',
  input: z.object({ id: connectionId }),
  output: Connection,
  targets: oneConnection,
  run: async (ctx, { id }) => connectionView(await connectionOf(ctx, id)),
});
