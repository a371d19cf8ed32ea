import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { oneRouteServer, routeServerOf } from '../../route-server-rows.ts';
import { routeServerId } from '../../schemas.ts';
import { Generation, generationNumber } from '../schemas.ts';
import { findGeneration, generationView } from '../store.ts';

export const exchangeGenerationsGet = defineOperation({
  name: 'exchange.generations.get',
  summary: 'Show what was sent to a route server, file by file',
  permission: 'exchange:read',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/route-servers/{id}/generations/{generation}' },
  input: z.object({ id: routeServerId, generation: generationNumber }),
  output: Generation.extend({ files: z.array(z.object({ path: z.string(), content: z.string() })) }).meta({ id: 'ExchangeGenerationText' }),
  targets: oneRouteServer,
  async run(ctx, { id, generation }) {
    const { server } = await routeServerOf(ctx, id);
    const row = await findGeneration(ctx, server, generation);
    return { ...generationView(row, server.handle), files: row.files };
  },
});
