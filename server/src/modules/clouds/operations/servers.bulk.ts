import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { forTarget, inStages } from '#kernel/staged.ts';
import type { TargetResult } from '#kernel/work.ts';
import { BULK_ACTIONS, bulkPlan, powerOne, stillWell, wantedServers, type BulkWish } from '../bulk.ts';
import { restore } from '../restore.ts';
import { id } from '../schemas.ts';
import { serverTarget } from '../server-rows.ts';

const input = z.object({
  ids: z.array(id).min(1).max(100).meta({ title: 'Servers', help: 'In the order in which their turn comes' }),
  action: z.enum(BULK_ACTIONS).meta({ title: 'What' }),
  graceSeconds: z.int().min(0).max(600).default(60).meta({ title: 'Grace time (s)', help: 'Of stop: how long each guest may take to shut down' }),
  force: z.boolean().default(false).meta({ title: 'Cut the power after the grace time' }),
});

export const serversBulk = defineOperation({
  name: 'servers.bulk',
  summary: 'Start, stop or reboot many servers as one Change',
  description:
    'One server after the other. Where a rule of type canary applies, a few go first, are watched, and looked at; when one of them is not well the Change is held until somebody lets it go on (`changes.resume`) or gives it up (`changes.cancel`). Permission, Scope and rules are asked again before the others follow, and hold the Change where they forbid it. What fails later does not keep the others.',
  permission: 'servers:power',
  risk: 'write',
  route: { method: 'POST', path: '/servers/bulk' },
  input,
  output: z.object({
    results: z.array(
      z.object({ id: z.string(), name: z.string(), status: z.enum(['done', 'failed']), code: z.string().nullable(), text: z.string().nullable() }),
    ),
  }),
  deadlineSeconds: 4 * 3_600,
  targets: async (ctx, { ids }) => (await wantedServers(ctx, ids)).map(serverTarget),
  plan: async (ctx, { ids, action }) => bulkPlan(await wantedServers(ctx, ids), action),
  ...inStages<BulkWish, { results: TargetResult[] }>({
    targets: (work, { ids }) => work.tx((ctx) => wantedServers(ctx, ids)),
    act: powerOne,
    check: (work, target, { action }) => stillWell(work, target, action),
    output: (results) => ({ results: [...results] }),
  }),
  async rollback(work, { ids }) {
    for (const server of [...new Set(ids)].reverse()) {
      const own = forTarget(work, server);
      if (await own.recorded('look')) await restore(own, server);
    }
  },
});
