import { z } from 'zod';
import { and, asc, eq, gt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { connectionView } from '../connection-rows.ts';
import { countsOf } from '../connection-use.ts';
import { Connection, CONNECTION_KINDS } from '../schemas.ts';
import { connections } from '../tables.ts';

export const cloudsList = defineOperation({
  name: 'clouds.list',
  summary: 'List cloud connections',
  permission: 'clouds:read',
  risk: 'read',
  route: { method: 'GET', path: '/cloud-providers' },
  input: z.object({ ...pageInput, kind: z.enum(CONNECTION_KINDS).optional().meta({ title: 'Kind' }) }),
  output: pageOf(Connection.extend({ servers: z.int(), openFindings: z.int() })),
  targets: 'filter',
  async run(ctx, { cursor, limit, kind }) {
    const after = decodeCursor(cursor, 1);
    const rows = await ctx.db
      .select()
      .from(connections)
      .where(
        and(
          eq(connections.tenantId, ctx.tenantId),
          kind ? eq(connections.kind, kind) : undefined,
          after ? gt(connections.name, String(after[0])) : undefined,
          withinReach(ctx.reach, { type: 'cloud', id: connections.id, environment: connections.environment }),
        ),
      )
      .orderBy(asc(connections.name))
      .limit(limit + 1);
    const counts = await countsOf(ctx, rows.map(({ id }) => id)); // prettier-ignore
    return toPage(rows, limit, (row) => [row.name], (row) => ({ ...connectionView(row), ...counts.get(row.id)! })); // prettier-ignore
  },
});
