import { z } from 'zod';
import { and, desc, eq, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { afterId } from '../../find.ts';
import { HEALTHS } from '../../observing/rules.ts';
import { connections, fabrics } from '../../tables.ts';
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
    health: z.enum(HEALTHS).optional().meta({ title: 'Sessions', help: 'Whether all, some or none of its BGP sessions are up' }),
    ...pageInput,
  }),
  output: pageOf(JoinRequest),
  targets: 'filter',
  async run(ctx, { status, health, cursor, limit }) {
    const before = afterId(cursor);
    const rows = await asked(ctx)
      .where(
        and(
          eq(requests.tenantId, ctx.tenantId),
          eq(requests.requesterId, ctx.actor.id),
          status === undefined ? undefined : eq(requests.status, status),
          health === undefined ? undefined : eq(connections.health, health),
          withinReach(ctx.reach, { type: 'exchangeFabric', id: fabrics.id }),
          before === undefined ? undefined : lt(requests.id, before),
        ),
      )
      .orderBy(desc(requests.id))
      .limit(limit + 1);
    return toPage(rows, limit, ({ request }) => [request.id], requestView);
  },
});
