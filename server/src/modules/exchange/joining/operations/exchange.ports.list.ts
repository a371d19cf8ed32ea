import { z } from 'zod';
import { and, desc, eq, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { afterId } from '../../find.ts';
import { fabrics } from '../../tables.ts';
import { STATUSES } from '../rules.ts';
import { JoinRequest } from '../schemas.ts';
import { asked, requestView } from '../store.ts';
import { requests } from '../tables.ts';

export const exchangePortsList = defineOperation({
  name: 'exchange.ports.list',
  summary: 'List your join requests and ports',
  description: 'Those that you asked for, whatever became of them; the newest first.',
  permission: 'exchangeRequests:create',
  risk: 'read',
  input: z.object({
    status: z.enum(STATUSES).optional().meta({ title: 'Status' }),
    ...pageInput,
  }),
  output: pageOf(JoinRequest),
  targets: 'filter',
  async run(ctx, { status, cursor, limit }) {
    const before = afterId(cursor);
    const rows = await asked(ctx)
      .where(
        and(
          eq(requests.tenantId, ctx.tenantId),
          eq(requests.requesterId, ctx.actor.id),
          status === undefined ? undefined : eq(requests.status, status),
          withinReach(ctx.reach, { type: 'exchangeFabric', id: fabrics.id }),
          before === undefined ? undefined : lt(requests.id, before),
        ),
      )
      .orderBy(desc(requests.id))
      .limit(limit + 1);
    return toPage(rows, limit, ({ request }) => [request.id], requestView);
  },
});
