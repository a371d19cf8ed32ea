import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { findConnection, requireUsable } from '../connection-rows.ts';
import { connectionTargets, oneConnection } from '../connection-use.ts';
import { fullPass, lightPass } from '../pass.ts';
import { CloudProviders } from '../providers/port.ts';
import { id, PassReport } from '../schemas.ts';
import { takeTurn } from '../turns.ts';

export const cloudsSync = defineOperation({
  name: 'clouds.sync',
  summary: 'Compare a connection with what is there now',
  description: 'Reads the catalog and every server, takes over power states and opens or closes drift findings. Nothing is changed at the provider.',
  permission: 'clouds:update',
  risk: 'write',
  runs: 'job',
  route: { method: 'POST', path: '/cloud-providers/{id}/sync' },
  input: z.object({ id }),
  output: PassReport,
  deadlineSeconds: 300,
  targets: connectionTargets,
  async plan(ctx, input) {
    const row = await oneConnection(ctx, input.id);
    if (!ctx.provider(CloudProviders).kinds.includes(row.kind))
      throw new Problem('capability-unsupported', `Connections of kind ${row.kind} have no servers to compare.`);
    requireUsable(row, ctx.now());
    return {
      summary: `Compare ${row.name} with what is there`,
      steps: [{ title: 'Read everything and compare', seconds: 2 }],
      reversible: 'Nothing is changed at the provider.',
    };
  },
  execute: async (work, input) => {
    const connection = await work.tx((place) => findConnection(place, input.id));
    const report = await work.step('pass', `Read ${connection.name}`, async () => {
      const turn = await takeTurn({ ...work, hurried: true as const }, connection.id);
      if (!turn)
        throw new Problem('sync-in-progress', `Another pass reads "${connection.name}" right now. Its result will be as fresh.`, {
          retryAfterSeconds: 60,
        });
      try {
        await lightPass(turn.outside, connection);
        return await fullPass(turn.outside, connection);
      } finally {
        await turn.end();
      }
    });
    await work.tx(async ({ emit }) => emit('cloud.sync_completed', { id: connection.id, name: connection.name, ...report }));
    return report;
  },
});
