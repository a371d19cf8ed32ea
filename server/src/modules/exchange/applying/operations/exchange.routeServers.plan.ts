import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { oneRouteServer, routeServerOf } from '../../route-server-rows.ts';
import { routeServerId } from '../../schemas.ts';
import { impactOf, impactText } from '../impact.ts';
import { differingFiles } from '../plans.ts';
import { Prospective } from '../schemas.ts';
import { confirmedOf } from '../store.ts';
import { wantedOf } from '../wanted.ts';

export const exchangeRouteServersPlan = defineOperation({
  name: 'exchange.routeServers.plan',
  summary: 'Show what applying the configuration of a route server would change',
  description:
    'Against the generation that it confirmed last: each file that differs, and what becomes of whose sessions. Nothing is written, and the server is not asked.',
  permission: 'exchange:read',
  risk: 'read',
  route: { method: 'POST', path: '/exchange/route-servers/{id}/plan' },
  input: z.object({ id: routeServerId }),
  output: Prospective,
  targets: oneRouteServer,
  async run(ctx, { id }) {
    const found = await routeServerOf(ctx, id);
    const [wanted, confirmed] = [await wantedOf(ctx, found), await confirmedOf(ctx, found.server.id)];
    const impact = impactOf(confirmed?.files ?? [], wanted.files);
    return {
      routeServer: found.server.handle,
      generation: confirmed?.number ?? null,
      sha256: wanted.sha256,
      isSame: confirmed?.sha256 === wanted.sha256,
      summary: impactText(impact),
      impact,
      files: differingFiles(confirmed?.files ?? [], wanted.files),
    };
  },
});
