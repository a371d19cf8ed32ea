import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { aboutServer, serverChange } from '../plans.ts';
import { id, Server } from '../schemas.ts';
import { oneServer, requireFree, serverView, shownServer, wholeServer } from '../server-rows.ts';
import { servers } from '../tables.ts';

export const serversUndelete = defineOperation({
  name: 'servers.undelete',
  summary: 'Bring a deleted server back within its time of grace',
  description: 'It keeps its addresses and disk, and stays off until it is started.',
  permission: 'servers:delete',
  risk: 'write',
  route: { method: 'POST', path: '/servers/{id}/undelete' },
  input: z.object({ id }),
  output: Server,
  targets: oneServer,
  async plan(ctx, input) {
    const row = await shownServer(ctx, input.id);
    requireFree(row, 'undelete');
    const changes = [serverChange(row, 'update', [{ path: 'status', before: row.status, after: 'stopped' }])];
    return { ...aboutServer(row), summary: `Bring ${row.name} back`, changes, reversible: 'Delete it again.' };
  },
  async run(ctx, input) {
    const row = await wholeServer(ctx, input.id, true);
    requireFree(row, 'undelete');
    const [after] = await ctx.db
      .update(servers)
      .set({ status: 'stopped', statusReason: null, purgeAfter: null, purgeChange: null, version: row.version + 1, updatedAt: ctx.now() })
      .where(and(eq(servers.tenantId, ctx.tenantId), eq(servers.id, row.id)))
      .returning();
    ctx.emit('server.state_changed', { id: row.id, name: row.name, before: row.status, after: 'stopped' });
    return serverView(after!);
  },
});
