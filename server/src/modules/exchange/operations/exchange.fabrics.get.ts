import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { connectedTo, fabricOf, oneFabric } from '../find.ts';
import { Fabric, fabricId } from '../schemas.ts';
import { fabricView } from '../view.ts';

export const exchangeFabricsGet = defineOperation({
  name: 'exchange.fabrics.get',
  summary: 'Show a peering LAN',
  permission: 'exchange:read',
  risk: 'read',
  input: z.object({ id: fabricId }),
  output: Fabric,
  targets: oneFabric,
  async run(ctx, { id }) {
    const row = await fabricOf(ctx, id);
    return fabricView(row, (await connectedTo(ctx, [row.id]))(row.id));
  },
});
