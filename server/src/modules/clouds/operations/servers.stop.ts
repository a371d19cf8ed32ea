import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { powerPlan, SECONDS } from '../plans.ts';
import { COSTS_ON } from '../power.ts';
import { restore } from '../restore.ts';
import { id, Server } from '../schemas.ts';
import { bringDown, onServer, lookBefore, release } from '../server-job.ts';
import { claim, oneServer, requireFree, shownServer } from '../server-rows.ts';

const IGNORED = 'guest-did-not-stop';

export const serversStop = defineOperation({
  name: 'servers.stop',
  summary: 'Stop a server',
  description:
    'Asks the guest to shut down and waits. When it has not by the end of the grace time, `force` cuts the power; without `force` the server stays on and the Change fails.',
  permission: 'servers:power',
  risk: 'write',
  runs: 'job',
  route: { method: 'POST', path: '/servers/{id}/actions/stop' },
  input: z.object({
    id,
    graceSeconds: z.int().min(0).max(600).default(60).meta({ title: 'Grace time (s)', help: 'How long the guest may take to shut down' }),
    force: z.boolean().default(false).meta({ title: 'Cut the power after the grace time' }),
  }),
  output: Server,
  targets: oneServer,
  async plan(ctx, { id: server, graceSeconds, force }) {
    const row = await shownServer(ctx, server);
    requireFree(row, 'stop');
    const plan = powerPlan(row, 'Stop', 'stopped', SECONDS.shutdown, {
      warnings: [COSTS_ON, ...(force ? [`If the guest does not stop within ${graceSeconds} s, its power is cut: unsaved data may be lost.`] : [])],
      reversible: 'Start it again.',
    });
    const last = {
      title: force ? 'Power off if it has not stopped by then' : 'Leave it on if it has not stopped by then',
      seconds: force ? SECONDS.poweroff : 0,
    };
    return {
      ...plan,
      steps: [{ title: `Ask ${row.name} to shut down`, seconds: 1 }, { title: `Wait up to ${graceSeconds} s`, seconds: SECONDS.shutdown }, last],
    };
  },
  async accept(ctx, input) {
    await claim(ctx, input.id, 'stop');
  },
  execute: (work, { id: server, graceSeconds, force }) =>
    onServer(work, server, async (row) => {
      await lookBefore(work, row);
      const seen = await bringDown(work, row, { graceSeconds, force });
      if (!seen) {
        await work.step('ignored', `${row.name} did not stop`, async () => true);
        throw new Problem(
          IGNORED,
          `"${row.name}" did not shut down within ${graceSeconds} s and was left on. Look at the guest, or stop it with force.`,
        );
      }
      return release(work, row.id, seen, { desired: { ...row.desired, power: 'off' } });
    }),
  async rollback(work, input) {
    const ignored = await work.recorded<true>('ignored');
    const reason = { code: IGNORED, text: 'The guest did not heed the shutdown signal.', at: work.now().toISOString() };
    await restore(work, input.id, ignored ? reason : null);
  },
});
