import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { portId } from '../../joining/schemas.ts';
import { oneOwn, ownRequestOf } from '../../joining/store.ts';
import { counted } from '../ask.ts';
import { portSessions } from '../ports.ts';
import { PortSessions } from '../schemas.ts';

export const exchangePortsSessions = defineOperation({
  name: 'exchange.ports.sessions',
  summary: 'Show the BGP sessions of a port of yours',
  description: 'On each route server of the fabric; one that does not answer is said with its reason, and the others are shown.',
  permission: 'exchangeRequests:create',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/ports/{id}/sessions' },
  input: z.object({ id: portId }),
  output: PortSessions,
  targets: oneOwn,
  async run(ctx, { id }) {
    await ownRequestOf(ctx, id);
    return { items: [] };
  },
  async finish(after, { id }) {
    await counted(after);
    return { items: await portSessions(after, id) };
  },
});
