import { z } from 'zod';
import { asc, and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { scrubValue } from '#kernel/taint.ts';
import { executionEvents, executionLogs } from '../../engine/tables.ts';
import { executionView } from '../detail.ts';
import { executionTargets } from '../find.ts';
import { lineView } from '../log-lines.ts';
import { opened } from '../opening.ts';
import { ExecutionId } from '../schemas.ts';

export const executionsExport = defineOperation({
  name: 'executions.export',
  summary: 'Export an execution as one file',
  description: 'What it ran, its records with payloads, its log and its messages, as JSON. Values of secrets are masked, and what sensitive nodes saw is not in it.',
  permission: 'executions:read',
  risk: 'read',
  sensitive: true,
  download: true,
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'GET', path: '/executions/{id}/export' },
  input: z.object({ id: ExecutionId }),
  output: z.object({ filename: z.string(), mediaType: z.string(), content: z.string() }),
  targets: executionTargets,
  async run(ctx, { id }) {
    const execution = await executionView(ctx, id, { payloads: await opened(ctx, id, 'must'), withGraph: true });
    const { actions: _, links: __, mine: ___, ...kept } = execution;
    const logs = await ctx.db.select().from(executionLogs).where(and(eq(executionLogs.tenantId, ctx.tenantId), eq(executionLogs.executionId, id))).orderBy(asc(executionLogs.seq));
    const events = await ctx.db.select().from(executionEvents).where(and(eq(executionEvents.tenantId, ctx.tenantId), eq(executionEvents.executionId, id))).orderBy(asc(executionEvents.seq));
    const whole = { format: 'switchyard.execution/1', ...kept, logs: logs.map(lineView), events: events.map(({ seq, at, type, payload }) => ({ seq, at: at.toISOString(), type, ...payload })) };
    return { filename: `execution-${id}.json`, mediaType: 'application/json', content: JSON.stringify(scrubValue(whole, ctx.tenantId), null, 2) };
  },
}); // prettier-ignore
