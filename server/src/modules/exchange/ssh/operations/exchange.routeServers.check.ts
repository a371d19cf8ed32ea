import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { findRouteServer, oneRouteServer, routeServerOf } from '../../route-server-rows.ts';
import { routeServerId } from '../../schemas.ts';
import { checksOf } from '../checks.ts';
import { Checked } from '../schemas.ts';
import { requireAccess, speaking } from '../talk.ts';

export const exchangeRouteServersCheck = defineOperation({
  name: 'exchange.routeServers.check',
  summary: 'Ask a route server over SSH whether it is ready to be worked with',
  description: 'Host key, key, program, BIRD and its version, folder, space, and which configuration it has. Nothing is changed there.',
  permission: 'exchange:manage',
  risk: 'write',
  runs: 'job',
  deadlineSeconds: 120,
  input: z.object({ id: routeServerId }),
  output: Checked,
  targets: oneRouteServer,
  async plan(ctx, { id }) {
    const { server } = await routeServerOf(ctx, id);
    const { host } = await requireAccess(ctx, server);
    return {
      summary: `Ask the route server "${server.handle}" at ${host}`,
      steps: [{ title: 'Connect, and ask', seconds: 2 }],
      changes: [{ action: 'none', type: 'exchangeRouteServer', id: server.id, name: server.handle }],
      reversible: 'Nothing is changed.',
    };
  },
  async execute(work, { id }) {
    const { server, access } = await work.tx(async (ctx) => {
      const found = await findRouteServer(ctx, id);
      return { server: found.server, access: await requireAccess(ctx, found.server) };
    });
    const checks = await work.step('ask', `Ask ${access.host}`, () => speaking(work, access, async (_verbs, hello) => checksOf(hello)));
    return { routeServer: server.handle, ok: checks.every(({ ok }) => ok), checks };
  },
});
