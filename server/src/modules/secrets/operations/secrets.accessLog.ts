import { and, desc, eq, gte, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { idAt } from '#kernel/ids.ts';
import { pageOf, toPage } from '#kernel/page.ts';
import { AccessLogInput } from '../inputs.ts';
import { cursorWithId } from '../lists.ts';
import { oneOfBoth, secretTarget } from '../rows.ts';
import { AccessLogEntry } from '../schemas.ts';
import { secretAccessLogs, type AccessLogRow } from '../tables.ts';

const entryView = (row: AccessLogRow) => ({
  id: row.id,
  at: row.at.toISOString(),
  secret: { id: row.secretId, name: row.secretName, version: row.versionNumber },
  actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
  operation: row.operation,
  purpose: row.purpose,
  changeId: row.changeId,
  executionId: row.executionId,
  ip: row.ip,
  result: row.result,
});

export const secretsAccessLog = defineOperation({
  name: 'secrets.accessLog',
  summary: 'Show who had the value of a secret or variable',
  description: 'The newest first, for 400 days: each time the value was handed out, or was asked for and refused, to whom and what for.',
  permission: 'secrets:read',
  risk: 'read',
  route: { method: 'GET', path: '/secrets/{id}/access-log' },
  input: AccessLogInput,
  output: pageOf(AccessLogEntry),
  targets: async (ctx, input) => [secretTarget(await oneOfBoth(ctx, input.id))],
  async run(ctx, { id, cursor, limit, result, actorId, from, to }) {
    const row = await oneOfBoth(ctx, id);
    const after = cursorWithId(cursor, 1);
    const found = await ctx.db
      .select()
      .from(secretAccessLogs)
      .where(
        and(
          eq(secretAccessLogs.tenantId, ctx.tenantId),
          eq(secretAccessLogs.secretId, row.id),
          result && eq(secretAccessLogs.result, result),
          actorId ? eq(secretAccessLogs.actorId, actorId) : undefined,
          // The id tells the time, and is what the table is parted by.
          from ? gte(secretAccessLogs.id, idAt(new Date(from))) : undefined,
          to ? lt(secretAccessLogs.id, idAt(new Date(to))) : undefined,
          after ? lt(secretAccessLogs.id, String(after[0])) : undefined,
        ),
      )
      .orderBy(desc(secretAccessLogs.id))
      .limit(limit + 1);
    return toPage(found, limit, (entry) => [entry.id], entryView);
  },
});
