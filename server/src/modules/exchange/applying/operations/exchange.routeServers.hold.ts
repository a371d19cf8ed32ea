import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { differences } from '../../plans.ts';
import { oneRouteServer, routeServerOf } from '../../route-server-rows.ts';
import { routeServerId } from '../../schemas.ts';
import { accessOf, requireAccess } from '../../ssh/talk.ts';
import { followingView, markDirty, setAccess } from '../following.ts';
import { findReached } from '../reading.ts';
import { Following } from '../schemas.ts';

export const exchangeRouteServersHold = defineOperation({
  name: 'exchange.routeServers.hold',
  summary: 'Hold a route server, so that nothing is applied to it by itself, or end the hold',
  permission: 'exchange:manage',
  risk: 'write',
  input: z.object({
    id: routeServerId,
    until: z.iso.datetime().nullable().meta({ title: 'Until', help: 'Nothing ends the hold' }),
    reason: z.string().trim().min(1).max(200).optional().meta({ title: 'Reason' }),
  }),
  output: Following,
  targets: oneRouteServer,
  async plan(ctx, { id, until, reason }) {
    const { server } = await routeServerOf(ctx, id);
    const { holdUntil, holdReason } = await requireAccess(ctx, server);
    const fields = differences({ holdUntil: holdUntil?.toISOString() ?? null, holdReason }, { holdUntil: until, holdReason: until === null ? null : (reason ?? null) });
    return {
      summary: until === null ? `End the hold of "${server.handle}"` : `Hold "${server.handle}" until ${until}`,
      changes: [{ action: 'update', type: 'exchangeRouteServer', id: server.id, name: server.handle, fields }],
      warnings: until === null ? ['What changed meanwhile is applied.'] : [],
      reversible: 'Say the opposite.',
    };
  },
  async run(ctx, { id, until, reason }) {
    const { server, fabric, access } = await findReached(ctx, id);
    await setAccess(ctx, access.id, { holdUntil: until === null ? null : new Date(until), holdReason: until === null ? null : (reason ?? null), updatedAt: ctx.now() });
    if (until === null) await markDirty(ctx, fabric.id);
    return followingView((await accessOf(ctx, server.id))!);
  },
}); // prettier-ignore
