import { z } from 'zod';
import { and, asc, eq, gt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { afterId, connectedTo } from '../find.ts';
import { Fabric } from '../schemas.ts';
import { fabrics } from '../tables.ts';
import { fabricView } from '../view.ts';

export const exchangeFabricsList = defineOperation({
  name: 'exchange.fabrics.list',
  summary: 'List peering LANs',
  permission: 'exchange:read',
  risk: 'read',
  input: z.object(pageInput),
  output: pageOf(Fabric),
  targets: 'filter',
  async run(ctx, { cursor, limit }) {
    const after = afterId(cursor);
    const rows = await ctx.db
      .select()
      .from(fabrics)
      .where(
        and(
          eq(fabrics.tenantId, ctx.tenantId),
          withinReach(ctx.reach, { type: 'exchangeFabric', id: fabrics.id }),
          after === undefined ? undefined : gt(fabrics.id, after),
        ),
      )
      .orderBy(asc(fabrics.id))
      .limit(limit + 1);
    const connected = await connectedTo(ctx, rows.map(({ id }) => id)); // prettier-ignore
    return toPage(rows, limit, ({ id }) => [id], (row) => fabricView(row, connected(row.id))); // prettier-ignore
  },
});
