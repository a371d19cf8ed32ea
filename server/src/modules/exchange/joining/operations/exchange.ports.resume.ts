import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { provision, requirePossible } from '../provision.ts';
import { JoinRequest, portId } from '../schemas.ts';
import { findRequest, move, nameOf, notFrom, oneRequest, requestOf, requestView, type Asked } from '../store.ts';

function requireSuspended({ request: { status } }: Asked): void {
  if (status !== 'suspended') throw notFrom(status, 'resumed');
}

export const exchangePortsResume = defineOperation({
  name: 'exchange.ports.resume',
  summary: 'Let a stopped port go on',
  description: 'Its node is authorised with the same addresses, then route servers know it again.',
  permission: 'exchangeRequests:decide',
  risk: 'high',
  runs: 'job',
  deadlineSeconds: 600,
  route: { method: 'POST', path: '/exchange/ports/{id}/resume' },
  input: z.object({ id: portId }),
  output: JoinRequest,
  targets: oneRequest,
  async plan(ctx, { id }) {
    const found = await requestOf(ctx, id);
    requireSuspended(found);
    await requirePossible(ctx, found);
    return {
      summary: `Let ${nameOf(found)} go on`,
      changes: [{ action: 'update', type: 'exchangeJoinRequest', id, name: nameOf(found), fields: [{ path: 'status', before: 'suspended', after: 'active' }] }],
      reversible: 'Suspend it.',
    };
  },
  async accept(ctx, { id }) {
    const found = await findRequest(ctx, id, true);
    requireSuspended(found);
    await requirePossible(ctx, found);
    await move(ctx, found, 'provisioning', { changeId: ctx.changeId });
  },
  execute: async (work, { id }) => requestView(await provision(work, id)),
}); // prettier-ignore
