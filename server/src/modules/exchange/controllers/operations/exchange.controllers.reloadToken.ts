import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { preflight } from '../preflight.ts';
import { Controller, controllerId } from '../schemas.ts';
import { controllerOf, controllerView, findController, oneController } from '../store.ts';
import { controllers, type ControllerRow } from '../tables.ts';
import { markOf, openController, sealToken, tokenFromSecret, tokenInUse, type Outside } from '../talk.ts';

const KEPT = 'The secret has a token that the controller refuses; the one before stays in use.';

/** Why the controller did not take it; null when it did. */
const refusal = (probe: Promise<unknown>): Promise<Problem | null> =>
  probe.then(
    () => null,
    (error: unknown) => {
      if (error instanceof Problem) return error;
      throw error;
    },
  );

/** Is the new one any good? Only then does it take the place of the one in use. */
async function swap(outside: Outside, row: ControllerRow): Promise<string | null> {
  const token = await tokenFromSecret(outside, row);
  const refused = await refusal(openController(outside, row, token).probe());
  if (refused === null) {
    await outside.tx(async ({ db, tenantId, emit }) => {
      const values = { token: await sealToken(db, outside, row, token), tokenMark: markOf(token) };
      await db.update(controllers).set(values).where(and(eq(controllers.tenantId, tenantId), eq(controllers.id, row.id))); // prettier-ignore
      emit('exchange.controller.token_reloaded', { id: row.id, name: row.name, mark: values.tokenMark });
    });
    await preflight(outside, row, token, false);
    return null;
  }
  // Does the one before still work? The preflight says so, and blocks the controller when it does not.
  const { problem } = await preflight(outside, row, row.token === null ? token : await tokenInUse(outside, row), false);
  const detail = problem === null ? KEPT : null;
  if (detail)
    await outside.tx(async ({ db, tenantId }) => void (await db.update(controllers).set({ detail }).where(and(eq(controllers.tenantId, tenantId), eq(controllers.id, row.id))))); // prettier-ignore
  return refused.slug;
}

export const exchangeControllersReloadToken = defineOperation({
  name: 'exchange.controllers.reloadToken',
  summary: 'Take the token of a ZeroTier controller from its secret anew',
  description: 'The new one is used once the controller has taken it. When it is refused, the one before stays in use.',
  permission: 'exchange:manage',
  risk: 'write',
  runs: 'job',
  deadlineSeconds: 300,
  input: z.object({ id: controllerId }),
  output: Controller,
  targets: oneController,
  async plan(ctx, { id }) {
    const { id: rowId, name, tokenMark, tokenReference } = await controllerOf(ctx, id);
    const fields = [{ path: 'token', before: tokenMark, after: `what ${tokenReference} has now` }];
    return {
      summary: `Reload the token of "${name}"`,
      changes: [{ action: 'update', type: 'exchangeController', id: rowId, name, fields }],
      reversible: 'Put the token of before into the secret and reload it.',
    };
  },
  async execute(work, { id }) {
    const row = await work.tx((ctx) => findController(ctx, id));
    const { refused } = await work.step('reload', `Try the token at ${row.name}`, async () => ({ refused: await swap(work, row) }));
    if (refused) throw new Problem(refused, `Controller "${row.name}" did not take the token of the secret. The one before was kept.`);
    return work.tx(async (ctx) => controllerView(ctx, await findController(ctx, row.id)));
  },
});
