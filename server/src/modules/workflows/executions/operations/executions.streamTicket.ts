import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { executionTargets } from '../find.ts';
import { StreamTickets } from '../port.ts';
import { ExecutionId } from '../schemas.ts';

export const executionsStreamTicket = defineOperation({
  name: 'executions.streamTicket',
  summary: 'Get a ticket for the live stream of an execution',
  description: 'For clients that can send no header with a WebSocket: `WS /executions/{id}/stream?ticket=…`, once, within 30 s.',
  permission: 'executions:read',
  risk: 'read',
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'POST', path: '/executions/{id}/stream-ticket' },
  input: z.object({ id: ExecutionId }),
  output: z.object({ ticket: z.string().meta({ secret: true }), expiresAt: z.iso.datetime() }),
  targets: executionTargets,
  async run(ctx, { id }) {
    const { ticket, expiresAt } = await ctx.provider(StreamTickets).issue(ctx.actor, id);
    return { ticket, expiresAt: expiresAt.toISOString() };
  },
});
