import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { oneRouteServer } from '../../route-server-rows.ts';
import { noSessions, saidBy } from '../answers.ts';
import { counted, glassOf, sessionsOf } from '../ask.ts';
import { LookedSessions, server } from '../schemas.ts';

export const exchangeLookingglassProtocols = defineOperation({
  name: 'exchange.lookingglass.protocols',
  summary: 'List the BGP sessions of a route server',
  description: 'State, since when, last error, and what came in, was refused and went out in each family. Asked at most every 30 seconds.',
  permission: 'exchange:read',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/looking-glass/{id}/protocols' },
  input: z.object({ id: server }),
  output: LookedSessions,
  targets: oneRouteServer,
  run: async ({ now }) => noSessions(now()),
  async finish(after, { id }) {
    await counted(after);
    const glass = await glassOf(after, id);
    const sessions = await sessionsOf(after, glass);
    return { ...saidBy(glass.server.handle, sessions), items: sessions.value };
  },
});
