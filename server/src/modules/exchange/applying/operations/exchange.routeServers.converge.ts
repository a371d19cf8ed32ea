import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { oneRouteServer } from '../../route-server-rows.ts';
import { routeServerId } from '../../schemas.ts';
import { carry } from '../carry.ts';
import { planOf } from '../plans.ts';
import { findReached, prospectOf } from '../reading.ts';
import { Applied } from '../schemas.ts';
import { wantedOf } from '../wanted.ts';

export const exchangeRouteServersConverge = defineOperation({
  name: 'exchange.routeServers.converge',
  summary: 'Bring a route server to what was agreed to of its members',
  description:
    'What happens by itself on servers that follow: the same steps as of `exchange.routeServers.apply`, but never while the server is held, and never when more than a fifth of its sessions would restart: that takes `apply`.',
  permission: 'exchange:manage',
  risk: 'write',
  runs: 'job',
  deadlineSeconds: 600,
  input: z.object({ id: routeServerId }),
  output: Applied,
  targets: oneRouteServer,
  async plan(ctx, { id }) {
    const { server, wanted, confirmed, impact } = await prospectOf(ctx, id);
    return planOf(server.handle, server.id, confirmed, wanted, impact);
  },
  async execute(work, { id }) {
    const reached = await work.tx((ctx) => findReached(ctx, id));
    const { holdUntil } = reached.access;
    if (holdUntil !== null && holdUntil > work.now())
      throw new Problem('server-held', `"${reached.server.handle}" is held until ${holdUntil.toISOString()}.`, { until: holdUntil.toISOString() });
    const carried = await carry(work, reached, { wanted: (ctx) => wantedOf(ctx, reached), cause: 'converge', mayDisrupt: false });
    return { routeServer: reached.server.handle, ...carried };
  },
});
