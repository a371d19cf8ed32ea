import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { deleteForGood } from '../deletion.ts';
import { deletePlan } from '../plans.ts';
import { id, Server } from '../schemas.ts';
import { onServer } from '../server-job.ts';
import { claim, oneServer, requireFree, requireUnprotected, shownServer } from '../server-rows.ts';

export const serversPurge = defineOperation({
  name: 'servers.purge',
  summary: 'Delete a server for good, without grace',
  permission: 'servers:purge',
  risk: 'high',
  runs: 'job',
  route: { method: 'DELETE', path: '/servers/{id}/purge' },
  input: z.object({ id }),
  output: Server,
  targets: oneServer,
  async plan(ctx, input) {
    const row = await shownServer(ctx, input.id);
    requireFree(row, 'purge');
    requireUnprotected(row);
    return deletePlan(row, null, row.status === 'running');
  },
  async accept(ctx, input) {
    requireUnprotected(await claim(ctx, input.id, 'purge'));
  },
  execute: (work, input) => onServer(work, input.id, (row) => deleteForGood(work, row)),
});
