import { z } from 'zod';
import { and, asc, eq, gt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { afterId, findFabric, findParticipant, joined } from '../find.ts';
import { Connection, CONNECTION_STATES, fabricId, participantId } from '../schemas.ts';
import { connections, fabrics, participants } from '../tables.ts';
import { connectionView } from '../view.ts';

export const exchangeConnectionsList = defineOperation({
  name: 'exchange.connections.list',
  summary: 'List connections of networks to peering LANs',
  permission: 'exchange:read',
  risk: 'read',
  input: z.object({
    fabricId: fabricId.optional(),
    participantId: participantId.optional(),
    state: z.enum(CONNECTION_STATES).optional().meta({ title: 'State' }),
    ...pageInput,
  }),
  output: pageOf(Connection),
  targets: 'filter',
  async run(ctx, { fabricId: fabric, participantId: participant, state, cursor, limit }) {
    const after = afterId(cursor);
    const rows = await joined(ctx)
      .where(
        and(
          eq(connections.tenantId, ctx.tenantId),
          fabric === undefined ? undefined : eq(connections.fabricId, (await findFabric(ctx, fabric)).id),
          participant === undefined ? undefined : eq(connections.participantId, (await findParticipant(ctx, participant)).id),
          state === undefined ? undefined : eq(connections.state, state),
          // As with one of them: both have to be within reach.
          withinReach(ctx.reach, { type: 'exchangeFabric', id: fabrics.id }),
          withinReach(ctx.reach, { type: 'exchangeParticipant', id: participants.id }),
          after === undefined ? undefined : gt(connections.id, after),
        ),
      )
      .orderBy(asc(connections.id))
      .limit(limit + 1);
    return toPage(rows, limit, ({ connection }) => [connection.id], connectionView);
  },
});
