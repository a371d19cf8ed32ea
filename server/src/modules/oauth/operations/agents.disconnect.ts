import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { endableAgent, requirePerson } from '../own.ts';
import { Authorization } from '../providers/port.ts';

export const agentsDisconnect = defineOperation({
  name: 'agents.disconnect',
  summary: 'End the access of a connected agent',
  description:
    'Your own; with agents:revoke over the whole tenant anybody’s. At once in this process and within five seconds everywhere; Changes that wait in its name do not run any more.',
  permission: 'agents:revoke',
  risk: 'write',
  change: 'none',
  access: 'self',
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'DELETE', path: '/agents/{id}' },
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  targets: 'none',
  async run(ctx, { id }) {
    requirePerson(ctx.actor);
    const agent = await endableAgent(ctx, id);
    if (!(await ctx.provider(Authorization).disconnect(ctx.tenantId, id))) throw new Problem('not-found', 'Its access was ended in the meantime.');
    ctx.emit('agent.disconnected', { agentId: id, userId: agent.person.id, by: ctx.actor.id, name: agent.name });
    return { id };
  },
});
