import { z } from 'zod';
import { and, asc, eq, gt, gte, ilike, inArray } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { executionLogs } from '../../engine/tables.ts';
import { executionTargets } from '../find.ts';
import { lineView } from '../log-lines.ts';
import { ExecutionId, LOG_LEVELS, LogLine } from '../schemas.ts';

/** Lines of an execution end at 10,000 (workflows.md 15), so one page may hold them all. */
const MOST = 10_000;

export const executionsLogs = defineOperation({
  name: 'executions.logs',
  summary: 'Read the log of an execution',
  description: 'Oldest first. With `Accept: application/x-ndjson` a line of JSON each, to keep or to search.',
  permission: 'executions:read',
  risk: 'read',
  lines: true,
  route: { method: 'GET', path: '/executions/{id}/logs' },
  input: z.object({
    id: ExecutionId,
    nodeId: z.uuid().optional().meta({ title: 'Node' }),
    level: z.enum(LOG_LEVELS).optional().meta({ title: 'Least level' }),
    text: z.string().max(200).optional().meta({ title: 'Text' }),
    since: z.iso.datetime().optional().meta({ title: 'Since' }),
    after: z.coerce.number().int().min(0).optional().meta({ title: 'After', help: 'Number of the last line that you have' }),
    ...pageInput,
    limit: z.coerce.number().int().min(1).max(MOST).default(200).meta({ title: 'Page size' }),
  }),
  output: pageOf(LogLine),
  targets: executionTargets,
  async run(ctx, { id, nodeId, level, text, since, after = 0, cursor, limit }) {
    const from = Math.max(after, Number(decodeCursor(cursor, 1)?.[0] ?? 0) || 0);
    const wanted = and(
      eq(executionLogs.tenantId, ctx.tenantId),
      eq(executionLogs.executionId, id),
      gt(executionLogs.seq, from),
      nodeId === undefined ? undefined : eq(executionLogs.nodeId, nodeId),
      level === undefined ? undefined : inArray(executionLogs.level, LOG_LEVELS.slice(LOG_LEVELS.indexOf(level))),
      text === undefined ? undefined : ilike(executionLogs.message, `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`),
      since === undefined ? undefined : gte(executionLogs.at, new Date(since)),
    );
    const rows = await ctx.db.select().from(executionLogs).where(wanted).orderBy(asc(executionLogs.seq)).limit(limit + 1); // prettier-ignore
    return toPage(rows, limit, ({ seq }) => [seq], lineView);
  },
});
