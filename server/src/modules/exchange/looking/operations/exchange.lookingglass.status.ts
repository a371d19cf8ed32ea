import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { oneRouteServer } from '../../route-server-rows.ts';
import { noStatus, saidBy } from '../answers.ts';
import { counted, daemonOf, glassOf } from '../ask.ts';
import { LookedStatus, server } from '../schemas.ts';

export const exchangeLookingglassStatus = defineOperation({
  name: 'exchange.lookingglass.status',
  summary: 'Show what the daemon of a route server says of itself',
  description: 'Asked at most every 30 seconds, however many look. `stale`: it does not answer now, and this is what it said before.',
  permission: 'exchange:read',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/looking-glass/{id}' },
  input: z.object({ id: server }),
  output: LookedStatus,
  targets: oneRouteServer,
  run: async ({ now }) => noStatus(now()),
  // The route server is asked once no transaction is open.
  async finish(after, { id }) {
    await counted(after);
    const glass = await glassOf(after, id);
    const daemon = await daemonOf(after, glass);
    return { ...saidBy(glass.server.handle, daemon), ...daemon.value };
  },
});
