import { z } from 'zod';
import { and, desc, eq, inArray, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { afterId, findFabric } from '../../find.ts';
import { fabricId } from '../../schemas.ts';
import { CURRENT, OVER } from '../rules.ts';
import { Maintenance } from '../schemas.ts';
import { windowRows, windowView, withServers } from '../store.ts';
import { windows } from '../tables.ts';

export const exchangeMaintenanceList = defineOperation({
  name: 'exchange.maintenance.list',
  summary: 'List maintenance of the exchange: planned, under way, or over',
  permission: 'exchange:read',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/maintenance' },
  input: z.object({
    of: z.enum(['current', 'past']).default('current').meta({ title: 'Which', help: 'Planned and under way, or over' }),
    fabricId: fabricId.optional(),
    ...pageInput,
  }),
  output: pageOf(Maintenance),
  targets: 'filter',
  async run(ctx, { of, fabricId: fabric, cursor, limit }) {
    const after = afterId(cursor);
    const found = await windowRows(ctx)
      .where(
        and(
          eq(windows.tenantId, ctx.tenantId),
          inArray(windows.state, of === 'current' ? [...CURRENT] : [...OVER]),
          fabric === undefined ? undefined : eq(windows.fabricId, (await findFabric(ctx, fabric)).id),
          withinReach(ctx.reach, { type: 'exchangeFabric', id: windows.fabricId }),
          after === undefined ? undefined : lt(windows.id, after),
        ),
      )
      .orderBy(desc(windows.id))
      .limit(limit + 1);
    return toPage(await withServers(ctx, found), limit, ({ window }) => [window.id], windowView);
  },
});
