import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Authorization } from '../providers/port.ts';
import { AgentClient, clientView } from '../schemas.ts';

export const agentClientsList = defineOperation({
  name: 'agentClients.list',
  summary: 'List the programs that are entered as agents of this tenant',
  permission: 'agentClients:read',
  risk: 'read',
  input: z.object({}),
  output: z.object({ items: z.array(AgentClient), nextCursor: z.null() }),
  targets: 'none',
  run: async (ctx) => ({ items: (await ctx.provider(Authorization).listed(ctx.tenantId)).map(clientView), nextCursor: null }),
});
