import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { requirePerson } from '../own.ts';
import { Authorization } from '../providers/port.ts';

export const agentClientsDelete = defineOperation({
  name: 'agentClients.delete',
  summary: 'Take a program off the list of agents of this tenant',
  description: 'Whatever people have connected it for in this tenant ends with it.',
  permission: 'agentClients:write',
  risk: 'write',
  change: 'none',
  hiddenFrom: ['mcp', 'workflow'],
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  targets: 'none',
  async run(ctx, { id }) {
    requirePerson(ctx.actor);
    if (!(await ctx.provider(Authorization).remove(ctx.tenantId, id)))
      throw new Problem('not-found', 'There is no such program on the list of this tenant.');
    ctx.emit('agentClient.removed', { id, by: ctx.actor.id });
    return { id };
  },
});
