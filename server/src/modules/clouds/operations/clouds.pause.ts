import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { connectionView, findConnection } from '../connection-rows.ts';
import { connectionTargets, oneConnection, requireQuiet } from '../connection-use.ts';
import { setStatus } from '../reachability.ts';
import { Connection, id } from '../schemas.ts';

export const cloudsPause = defineOperation({
  name: 'clouds.pause',
  summary: 'Stop all calls through a connection',
  permission: 'clouds:update',
  risk: 'write',
  route: { method: 'POST', path: '/cloud-providers/{id}/pause' },
  input: z.object({ id }),
  output: Connection,
  targets: connectionTargets,
  async plan(ctx, input) {
    const row = await oneConnection(ctx, input.id);
    await requireQuiet(ctx, row);
    return {
      summary: `Pause connection ${row.name}`,
      changes: [{ action: 'update', type: 'cloud', id: row.id, name: row.name, fields: [{ path: 'status', before: row.status, after: 'paused' }] }],
      reversible: 'Resume it.',
    };
  },
  async run(ctx, input) {
    const row = await findConnection(ctx, input.id, true);
    await requireQuiet(ctx, row);
    await setStatus(ctx, row, 'paused', { code: 'paused', text: `Paused by ${ctx.actor.name}.` });
    return connectionView(await findConnection(ctx, row.id));
  },
});
