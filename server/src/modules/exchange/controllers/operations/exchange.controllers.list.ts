import { z } from 'zod';
import { and, asc, eq, gt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { afterId } from '../../find.ts';
import { Controller } from '../schemas.ts';
import { controllerViews } from '../store.ts';
import { controllers } from '../tables.ts';

export const exchangeControllersList = defineOperation({
  name: 'exchange.controllers.list',
  summary: 'List ZeroTier controllers',
  description: 'With their state, what the last preflight found, and the networks that they keep for fabrics.',
  permission: 'exchange:read',
  risk: 'read',
  input: z.object(pageInput),
  output: pageOf(Controller),
  targets: 'filter',
  async run(ctx, { cursor, limit }) {
    const after = afterId(cursor);
    const rows = await ctx.db
      .select()
      .from(controllers)
      .where(
        and(
          eq(controllers.tenantId, ctx.tenantId),
          withinReach(ctx.reach, { type: 'exchangeController', id: controllers.id }),
          after === undefined ? undefined : gt(controllers.id, after),
        ),
      )
      .orderBy(asc(controllers.id))
      .limit(limit + 1);
    const views = await controllerViews(ctx, rows);
    return toPage(views, limit, ({ id }) => [id], (view) => view); // prettier-ignore
  },
});
