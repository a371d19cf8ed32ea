import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { oneRouteServer, routeServerOf } from '../../route-server-rows.ts';
import { routeServerId } from '../../schemas.ts';
import { requireAccess } from '../../ssh/talk.ts';
import { carry } from '../carry.ts';
import { setAccess } from '../following.ts';
import { impactOf } from '../impact.ts';
import { planOf } from '../plans.ts';
import { findReached } from '../reading.ts';
import { Applied, generationNumber } from '../schemas.ts';
import { confirmedOf, findGeneration } from '../store.ts';

const HOURS = z.int().min(1).max(168).meta({ title: 'Hold for, in hours', help: 'So long nothing else is applied by itself' });

export const exchangeRouteServersRollback = defineOperation({
  name: 'exchange.routeServers.rollback',
  summary: 'Go back to an earlier configuration of a route server',
  description:
    'The text of a generation that it had confirmed is applied again, by the same steps and under a new number. The server is held afterwards, so that it is not undone by what members change.',
  permission: 'exchange:manage',
  risk: 'high',
  runs: 'job',
  deadlineSeconds: 600,
  input: z.object({ id: routeServerId, generation: generationNumber, holdHours: HOURS.default(4) }),
  output: Applied,
  targets: oneRouteServer,
  async plan(ctx, { id, generation, holdHours }) {
    const { server } = await routeServerOf(ctx, id);
    await requireAccess(ctx, server);
    const wanted = await findGeneration(ctx, server, generation);
    const confirmed = await confirmedOf(ctx, server.id);
    const plan = planOf(server.handle, server.id, confirmed, wanted, impactOf(confirmed?.files ?? [], wanted.files));
    return {
      ...plan,
      summary: `Go back to generation ${generation}. ${plan.summary}`,
      warnings: [...(plan.warnings ?? []), `The server is held for ${holdHours} hours.`],
    };
  },
  async execute(work, { id, generation, holdHours }) {
    const reached = await work.tx((ctx) => findReached(ctx, id));
    const { server, access } = reached;
    await work.tx((ctx) =>
      setAccess(ctx, access.id, { holdUntil: new Date(ctx.now().getTime() + holdHours * 3_600_000), holdReason: `Rolled back to generation ${generation}` }),
    ); // prettier-ignore
    const carried = await carry(work, reached, { wanted: (ctx) => findGeneration(ctx, server, generation), cause: 'rollback', mayDisrupt: true });
    return { routeServer: server.handle, ...carried };
  },
});
