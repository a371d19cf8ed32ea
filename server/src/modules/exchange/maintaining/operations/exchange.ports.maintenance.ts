import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { portId } from '../../joining/schemas.ts';
import { oneOwn, ownRequestOf } from '../../joining/store.ts';
import { PortMaintenance } from '../schemas.ts';
import { currentWindows, portWindow } from '../store.ts';

export const exchangePortsMaintenance = defineOperation({
  name: 'exchange.ports.maintenance',
  summary: 'Show the maintenance that concerns a port of yours',
  description: 'Of its fabric and the route servers there: what is planned and what is under way, the earliest first. As the notices say it.',
  permission: 'exchangeRequests:create',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/ports/{id}/maintenance' },
  input: z.object({ id: portId }),
  output: z.object({ items: z.array(PortMaintenance) }),
  targets: oneOwn,
  async run(ctx, { id }) {
    const { fabric } = await ownRequestOf(ctx, id);
    return { items: (await currentWindows(ctx, fabric.id)).map(portWindow) };
  },
});
