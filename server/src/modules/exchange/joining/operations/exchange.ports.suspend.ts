import { z } from 'zod';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { suspend } from '../leaving.ts';
import { JoinRequest, portId, reason } from '../schemas.ts';
import { findRequest, move, nameOf, notFrom, oneRequest, requestOf, requestView, type Asked } from '../store.ts';
import { requests } from '../tables.ts';

/** One that is suspended already may be so again: the first time, the controller may have been away. */
function requireUp({ request: { status } }: Asked): void {
  if (status !== 'active' && status !== 'suspended') throw notFrom(status, 'suspended');
}

export const exchangePortsSuspend = defineOperation({
  name: 'exchange.ports.suspend',
  summary: 'Stop a port',
  description: 'Route servers forget it, then its node is de-authorised. It keeps its addresses.',
  permission: 'exchangeRequests:decide',
  risk: 'high',
  runs: 'job',
  deadlineSeconds: 300,
  route: { method: 'POST', path: '/exchange/ports/{id}/suspend' },
  input: z.object({ id: portId, reason }),
  output: JoinRequest,
  targets: oneRequest,
  async plan(ctx, { id, reason: why }) {
    const found = await requestOf(ctx, id);
    requireUp(found);
    const fields = [{ path: 'status', before: found.request.status, after: 'suspended' }, { path: 'reason', after: why }];
    return {
      summary: `Stop ${nameOf(found)}`,
      changes: [{ action: 'update', type: 'exchangeJoinRequest', id, name: nameOf(found), fields }],
      downtime: { kind: 'outage', seconds: 0 },
      warnings: [`AS${found.request.asn} loses every session on this fabric with this port.`],
      reversible: 'Resume it.',
    };
  },
  async accept(ctx, { id, reason: why }) {
    const found = await findRequest(ctx, id, true);
    requireUp(found);
    if (found.request.status === 'active') return void (await move(ctx, found, 'suspended', { reason: why, changeId: ctx.changeId }));
    const here = and(eq(requests.tenantId, ctx.tenantId), eq(requests.id, id));
    await ctx.db.update(requests).set({ reason: why, changeId: ctx.changeId, version: sql`${requests.version} + 1`, updatedAt: ctx.now() }).where(here);
  },
  execute: async (work, { id }) => requestView(await suspend(work, id)),
}); // prettier-ignore
