import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { portId } from '../../joining/schemas.ts';
import { oneOwn, ownRequestOf } from '../../joining/store.ts';
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
  finish: async (after, { id }) => ({ items: await portSessions(after, id) }),
});
