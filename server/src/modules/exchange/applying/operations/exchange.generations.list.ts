import { z } from 'zod';
import { and, desc, eq, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { oneRouteServer, routeServerOf } from '../../route-server-rows.ts';
import { routeServerId } from '../../schemas.ts';
import { Generation } from '../schemas.ts';
import { generationView } from '../store.ts';
import { generations } from '../tables.ts';

export const exchangeGenerationsList = defineOperation({
  name: 'exchange.generations.list',
  summary: 'List what was sent to a route server, and what became of it',
  permission: 'exchange:read',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/route-servers/{id}/generations' },
  input: z.object({ id: routeServerId, ...pageInput }),
  output: pageOf(Generation),
  targets: oneRouteServer,
  async run(ctx, { id, cursor, limit }) {
    const { server } = await routeServerOf(ctx, id);
    const after = Number(decodeCursor(cursor, 1)?.[0] ?? Number.NaN);
    const rows = await ctx.db
      .select()
      .from(generations)
      .where(and(eq(generations.tenantId, ctx.tenantId), eq(generations.routeServerId, server.id), Number.isSafeInteger(after) ? lt(generations.number, after) : undefined))
      .orderBy(desc(generations.number))
      .limit(limit + 1);
    return toPage(rows, limit, ({ number }) => [number], (row) => generationView(row, server.handle));
  },
}); // prettier-ignore
