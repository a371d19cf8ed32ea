import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { connectionView, findConnection } from '../connection-rows.ts';
import { connectionTargets, oneConnection } from '../connection-use.ts';
import { setStatus } from '../reachability.ts';
import { Connection, id } from '../schemas.ts';

export const cloudsResume = defineOperation({
  name: 'clouds.resume',
  summary: 'Allow calls through a connection again',
  permission: 'clouds:update',
  risk: 'write',
  route: { method: 'POST', path: '/cloud-providers/{id}/resume' },
  input: z.object({ id }),
  output: Connection,
  targets: connectionTargets,
  async plan(ctx, input) {
    const row = await oneConnection(ctx, input.id);

    return {
      summary: `Resume connection ${row.name}`,
      changes: [{ action: 'update', type: 'cloud', id: row.id, name: row.name, fields: [{ path: 'status', before: row.status, after: 'active' }] }],
      reversible: 'Pause it.',
    };
  },
  async run(ctx, input) {
    const row = await findConnection(ctx, input.id, true);
    if (row.status === 'paused') await setStatus(ctx, row, 'active', null);
    return connectionView(await findConnection(ctx, row.id));
  },
});
