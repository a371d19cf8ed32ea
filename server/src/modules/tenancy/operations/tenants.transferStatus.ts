import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { pendingTransfer } from '../lifecycle/transfer.ts';
import { tenantId } from '../schemas.ts';

export const tenantsTransferStatus = defineOperation({
  name: 'tenants.transferStatus',
  summary: 'Show the open offer of ownership, if you made it or it was made to you',
  permission: 'tenants:transfer',
  risk: 'read',
  access: 'self',
  route: { method: 'GET', path: '/tenants/{id}/transfer-ownership' },
  tenantField: 'id',
  input: z.object({ id: tenantId }),
  output: z.object({ pending: z.object({ fromId: z.uuid(), toId: z.uuid(), expiresAt: z.iso.datetime() }).nullable() }),
  targets: 'none',
  async run(ctx) {
    const found = await pendingTransfer(ctx);
    if (!found || found.expiresAt <= ctx.now() || ![found.fromId, found.toId].includes(ctx.actor.id)) return { pending: null };
    return { pending: { fromId: found.fromId, toId: found.toId, expiresAt: found.expiresAt.toISOString() } };
  },
});
