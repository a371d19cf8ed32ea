import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { aboutServer, isProd, SECONDS, serverChange } from '../plans.ts';
import { seenAs, set } from '../outside-steps.ts';
import { restore } from '../restore.ts';
import { id, Server } from '../schemas.ts';
import { onServer, lookBefore, release } from '../server-job.ts';
import { claim, oneServer, requireFree, shownServer } from '../server-rows.ts';

export const serversProtect = defineOperation({
  name: 'servers.protect',
  summary: 'Set or lift the protection of a server against deletion',
  permission: 'servers:update',
  risk: 'write',
  runs: 'job',
  route: { method: 'POST', path: '/servers/{id}/protection' },
  input: z.object({ id, delete: z.boolean().meta({ title: 'Protect against deletion' }) }),
  output: Server,
  targets: oneServer,
  async plan(ctx, wish) {
    const row = await shownServer(ctx, wish.id);
    requireFree(row, 'protect');
    const lifts = row.protected && !wish.delete;
    return {
      ...aboutServer(row),
      summary: `${wish.delete ? 'Protect' : 'Lift the protection of'} ${row.name}`,
      ...(lifts && isProd(row.environment) ? { risk: 'high' as const } : {}),
      steps: [{ title: 'Set it at the provider', seconds: SECONDS.set }],
      changes: [serverChange(row, 'update', [{ path: 'protection.delete', before: row.protected, after: wish.delete }])],
      reversible: 'Set it back.',
      facts: { affected: 1, liftsProtection: lifts },
    };
  },
  async accept(ctx, wish) {
    await claim(ctx, wish.id, 'protect');
  },
  execute: (work, wish) =>
    onServer(work, wish.id, async (row) => {
      await lookBefore(work, row);
      await set(work, row, 'protect', `${wish.delete ? 'Protect' : 'Unprotect'} ${row.name}`, (calls, externalId) =>
        calls.protect(externalId, { delete: wish.delete }),
      );
      const desired = { ...row.desired, protected: wish.delete };
      const seen = await seenAs(work, row, `Protection of ${row.name}`, ({ protection }) => protection.delete === wish.delete);
      return release(work, row.id, seen, { desired, protected: wish.delete });
    }),
  rollback: (work, wish) => restore(work, wish.id),
});
