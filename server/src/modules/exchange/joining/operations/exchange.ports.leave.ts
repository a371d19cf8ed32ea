import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { acceptLeaving, leave, planLeaving } from '../leaving.ts';
import { JoinRequest, portId } from '../schemas.ts';
import { oneOwn, ownRequestOf, requestView } from '../store.ts';

export const exchangePortsLeave = defineOperation({
  name: 'exchange.ports.leave',
  summary: 'Give up a port of yours',
  description:
    'Route servers forget it, its node is taken off, and its addresses are given back: IPv6 is never given out again, IPv4 rests for 90 days. What cannot be reached leaves it `leaving`; then it is repeated.',
  permission: 'exchangeRequests:create',
  risk: 'high',
  runs: 'job',
  deadlineSeconds: 300,
  route: { method: 'POST', path: '/exchange/ports/{id}/leave' },
  input: z.object({ id: portId }),
  output: JoinRequest,
  targets: oneOwn,
  plan: async (ctx, { id }) => planLeaving(ctx, await ownRequestOf(ctx, id)),
  async accept(ctx, { id }) {
    await ownRequestOf(ctx, id);
    await acceptLeaving(ctx, id);
  },
  execute: async (work, { id }) => requestView(await leave(work, id)),
});
