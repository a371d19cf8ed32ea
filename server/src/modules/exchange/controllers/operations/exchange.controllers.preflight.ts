import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { preflight } from '../preflight.ts';
import { Controller, controllerId } from '../schemas.ts';
import { controllerOf, controllerView, findController, oneController } from '../store.ts';
import { controllers } from '../tables.ts';
import { markOf, sealToken, tokenInUse } from '../talk.ts';

export const exchangeControllersPreflight = defineOperation({
  name: 'exchange.controllers.preflight',
  summary: 'Run the preflight of a ZeroTier controller',
  description:
    'Readiness, identity, ids of networks, networks, members, in this order. Networks that are missing are made, and their settings are set as they should be; members are compared and never changed. Whatever fails blocks the controller until a preflight passes.',
  permission: 'exchange:manage',
  risk: 'write',
  runs: 'job',
  deadlineSeconds: 300,
  input: z.object({ id: controllerId }),
  output: Controller,
  targets: oneController,
  async plan(ctx, { id }) {
    const { networks, ...row } = await controllerView(ctx, await controllerOf(ctx, id));
    return {
      summary: `Run the preflight of "${row.name}"`,
      steps: [{ title: 'Ask the controller, and compare', seconds: 5 }],
      changes: networks.map(({ fabric, networkId }) => ({
        action: 'update',
        type: 'zerotierNetwork',
        id: networkId,
        name: `${networkId} of ${fabric}`,
      })),
      reversible: 'Only what differs from the fabric is written, and routes of others stay.',
    };
  },
  async execute(work, { id }) {
    const row = await work.tx((ctx) => findController(ctx, id));
    const { problem } = await work.step('preflight', `Ask ${row.name}`, async () => {
      const token = await tokenInUse(work, row);
      const found = await preflight(work, row, token, true);
      // The first token that a controller takes is the one in use.
      if (found.problem === null && row.token === null)
        await work.tx(async ({ db, tenantId }) => {
          const values = { token: await sealToken(db, work, row, token), tokenMark: markOf(token) };
          await db.update(controllers).set(values).where(and(eq(controllers.tenantId, tenantId), eq(controllers.id, row.id))); // prettier-ignore
        });
      return { problem: found.problem?.slug ?? null };
    });
    if (problem) await work.log(`The preflight failed: ${problem}.`, 'warn');
    return work.tx(async (ctx) => controllerView(ctx, await findController(ctx, row.id)));
  },
});
