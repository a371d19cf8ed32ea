import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Maintenance, maintenanceId } from '../schemas.ts';
import { oneWindow, windowOf, windowView } from '../store.ts';

export const exchangeMaintenanceGet = defineOperation({
  name: 'exchange.maintenance.get',
  summary: 'Show one maintenance of the exchange, and how far it has come',
  permission: 'exchange:read',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/maintenance/{id}' },
  input: z.object({ id: maintenanceId }),
  output: Maintenance,
  targets: oneWindow,
  run: async (ctx, { id }) => windowView(await windowOf(ctx, id)),
});
