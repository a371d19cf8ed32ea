import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { deleteForGood } from '../deletion.ts';
import { observe } from '../outside-steps.ts';
import { deletePlan } from '../plans.ts';
import { restore } from '../restore.ts';
import { GRACE_HOURS, hasGrace } from '../rules.ts';
import { id, Server } from '../schemas.ts';
import { bringDown, onServer, lookBefore, release } from '../server-job.ts';
import { claim, oneServer, requireFree, requireUnprotected, shownServer } from '../server-rows.ts';

const STOP_GRACE_SECONDS = 60;

export const serversDelete = defineOperation({
  name: 'servers.delete',
  summary: 'Delete a server',
  description:
    'In environment `prod` the server is switched off and hidden for 24 hours, in which servers.undelete brings it back; elsewhere it is deleted at once. A protected server is refused.',
  permission: 'servers:delete',
  risk: 'high',
  runs: 'job',
  input: z.object({ id }),
  output: Server,
  targets: oneServer,
  async plan(ctx, input) {
    const row = await shownServer(ctx, input.id);
    requireFree(row, 'delete');
    requireUnprotected(row);
    return deletePlan(row, hasGrace(row.environment) && row.status !== 'missing' ? GRACE_HOURS : null, row.status !== 'stopped');
  },
  async accept(ctx, input) {
    requireUnprotected(await claim(ctx, input.id, 'delete'));
  },
  execute: (work, input) =>
    onServer(work, input.id, async (row) => {
      const seen = await observe(work, row);
      if (!seen || !hasGrace(row.environment)) return deleteForGood(work, row);
      await lookBefore(work, row);
      const off = seen.status === 'stopped' ? seen : await bringDown(work, row, { graceSeconds: STOP_GRACE_SECONDS, force: true });
      const purgeAfter = new Date(work.now().getTime() + GRACE_HOURS * 3_600_000);
      return release(work, row.id, off, {
        status: 'pending_delete',
        purgeAfter,
        purgeChange: work.changeId,
        desired: { ...row.desired, power: 'off' },
      });
    }),
  rollback: (work, input) => restore(work, input.id),
});
