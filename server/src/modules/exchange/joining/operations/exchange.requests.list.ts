import { z } from 'zod';
import { and, desc, eq, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { afterId, findFabric } from '../../find.ts';
import { fabricId } from '../../schemas.ts';
import { HEALTHS } from '../../observing/rules.ts';
import { connections, fabrics } from '../../tables.ts';
import { STATUSES } from '../rules.ts';
import { JoinRequest, requestFields } from '../schemas.ts';
import { asked, requestView } from '../store.ts';
import { requests } from '../tables.ts';

export const exchangeRequestsList = defineOperation({
  name: 'exchange.requests.list',
  summary: 'List join requests',
  description: 'Of all networks; the newest first.',
  permission: 'exchangeRequests:read',
  risk: 'read',
  input: z.object({
    fabricId: fabricId.optional(),
    asn: requestFields.asn.optional(),
    status: z.enum(STATUSES).optional().meta({ title: 'Status' }),
    health: z.enum(HEALTHS).optional().meta({ title: 'Sessions', help: 'Whether all, some or none of its BGP sessions are up' }),
    ...pageInput,
  }),
  output: pageOf(JoinRequest),
  targets: 'filter',
  async run(ctx, { fabricId: wanted, asn, status, health, cursor, limit }) {
    const before = afterId(cursor);
    const rows = await asked(ctx)
      .where(
        and(
          eq(requests.tenantId, ctx.tenantId),
          wanted === undefined ? undefined : eq(requests.fabricId, (await findFabric(ctx, wanted)).id),
          asn === undefined ? undefined : eq(requests.asn, asn),
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
