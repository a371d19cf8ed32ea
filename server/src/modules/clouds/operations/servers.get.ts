import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { id, Server } from '../schemas.ts';
import { oneServer, serverView, shownServer } from '../server-rows.ts';

export const serversGet = defineOperation({
  name: 'servers.get',
  summary: 'Show a server',
  permission: 'servers:read',
  risk: 'read',
  input: z.object({ id }),
  output: Server,
  targets: oneServer,
  run: async (ctx, input) => serverView(await shownServer(ctx, input.id)),
});
