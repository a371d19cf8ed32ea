import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { requirePerson } from '../own.ts';
import { Authorization } from '../providers/port.ts';

export const agentsProve = defineOperation({
  name: 'agents.prove',
  summary: 'Prove for an agent of yours that it is you who wants it',
  description:
    'An agent cannot prove who you are. Where an operation asks for a fresh proof, it sends you to a page that does this; the proof is then good for the agent as it would be for you.',
  permission: 'agents:prove',
  risk: 'write',
  change: 'none',
  access: 'self',
  stepUp: 300,
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  route: { method: 'POST', path: '/agents/{id}/prove' },
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  targets: 'none',
  async run(ctx, { id }) {
    requirePerson(ctx.actor);
    if (!(await ctx.provider(Authorization).prove(ctx.tenantId, id, ctx.actor.id)))
      throw new Problem('not-found', 'There is no such connected agent of yours in this tenant.');
    return { id };
  },
});
