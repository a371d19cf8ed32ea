import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { acceptLeaving, leave, planLeaving } from '../leaving.ts';
import { JoinRequest, portId } from '../schemas.ts';
import { oneRequest, requestOf, requestView } from '../store.ts';

export const exchangePortsRemove = defineOperation({
  name: 'exchange.ports.remove',
  summary: 'Take a port away from a network',
  description:
    'Route servers forget it, its node is taken off, and its addresses are given back: IPv6 is never given out again, IPv4 rests for 90 days. What cannot be reached leaves it `leaving`; then it is repeated.',
  permission: 'exchangeRequests:decide',
  risk: 'high',
  runs: 'job',
  deadlineSeconds: 300,
  route: { method: 'DELETE', path: '/exchange/ports/{id}' },
  input: z.object({ id: portId }),
  output: JoinRequest,
  targets: oneRequest,
  plan: async (ctx, { id }) => planLeaving(ctx, await requestOf(ctx, id)),
  async accept(ctx, { id }) {
    await requestOf(ctx, id);
    await acceptLeaving(ctx, id);
  },
  execute: async (work, { id }) => requestView(await leave(work, id)),
});
