import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { requirePerson } from '../own.ts';
import { Authorization, Offered } from '../providers/port.ts';
import { Agent, agentView } from '../schemas.ts';

export const agentsList = defineOperation({
  name: 'agents.list',
  summary: 'List the agents that act for you in this tenant',
  description: 'With `all`, those of everybody: that needs agents:read over the whole tenant.',
  permission: 'agents:read',
  risk: 'read',
  access: 'self',
  hiddenFrom: ['mcp', 'workflow'],
  input: z.object({ all: z.boolean().default(false).meta({ title: 'Of everybody' }) }),
  output: z.object({ items: z.array(Agent), nextCursor: z.null() }),
  targets: 'none',
  async run(ctx, { all }) {
    requirePerson(ctx.actor);
    if (all && !(await ctx.provider(Offered).holds(ctx.db, ctx.actor, 'agents:read')))
      throw new Problem('permission-denied', 'Seeing the agents of everybody needs agents:read over the whole tenant.', {
        permission: 'agents:read',
      });
    const found = await ctx.provider(Authorization).agents(ctx.tenantId, all ? undefined : ctx.actor.id);
    return { items: found.map(agentView), nextCursor: null };
  },
});
