import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { oneRouteServer } from '../../route-server-rows.ts';
import { routeServerId } from '../../schemas.ts';
import { carry } from '../carry.ts';
import { planOf } from '../plans.ts';
import { findReached, prospectOf } from '../reading.ts';
import { Applied } from '../schemas.ts';
import { wantedOf } from '../wanted.ts';

export const exchangeRouteServersApply = defineOperation({
  name: 'exchange.routeServers.apply',
  summary: 'Apply the configuration of a route server',
  description:
    'It is sent, read by the BIRD there, loaded with a timer that undoes it, looked at, and confirmed. When all is not well, or the server is not reached any more, the one of before is back by itself. The plan shows the difference and what becomes of the sessions.',
  permission: 'exchange:manage',
  risk: 'high',
  runs: 'job',
  deadlineSeconds: 600,
  input: z.object({ id: routeServerId }),
  output: Applied,
  targets: oneRouteServer,
  async plan(ctx, { id }) {
    const { server, wanted, confirmed, impact } = await prospectOf(ctx, id);
    return { ...planOf(server.handle, server.id, confirmed, wanted, impact), observed: { [`configuration of ${server.id}`]: wanted.sha256, [`generation of ${server.id}`]: String(confirmed?.number ?? 0) } }; // prettier-ignore
  },
  async execute(work, { id }) {
    const reached = await work.tx((ctx) => findReached(ctx, id));
    const carried = await carry(work, reached, { wanted: (ctx) => wantedOf(ctx, reached), cause: 'manual', mayDisrupt: true });
    return { routeServer: reached.server.handle, ...carried };
  },
});
