import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { SecretReferences } from '#kernel/secret-references.ts';
import { controllerId } from '../schemas.ts';
import { boundTo, controllerOf, findController, oneController } from '../store.ts';
import { controllers, type ControllerRow } from '../tables.ts';

async function requireUnused(ctx: Pick<ReadContext, 'db' | 'tenantId'>, { id, name }: ControllerRow): Promise<void> {
  const bound = await boundTo(ctx, [id]);
  if (bound.length > 0)
    throw new Problem('controller-in-use', `Controller "${name}" keeps networks of ${bound.map(({ fabric }) => fabric.slug).join(', ')}.`);
}

export const exchangeControllersDelete = defineOperation({
  name: 'exchange.controllers.delete',
  summary: 'Forget a ZeroTier controller',
  description: 'Nothing is changed at the controller.',
  permission: 'exchange:manage',
  risk: 'high',
  input: z.object({ id: controllerId }),
  output: z.object({ id: z.uuid() }),
  targets: oneController,
  async plan(ctx, { id }) {
    const row = await controllerOf(ctx, id);
    await requireUnused(ctx, row);
    return {
      summary: `Forget the controller "${row.name}"`,
      changes: [{ action: 'delete', type: 'exchangeController', id: row.id, name: row.name }],
      reversible: 'Add it again.',
    };
  },
  async run(ctx, { id }) {
    const { db, tenantId } = ctx;
    const row = await findController(ctx, id, true);
    await requireUnused(ctx, row);
    await ctx.provider(SecretReferences).unlink(db, tenantId, { kind: 'exchangeController', id: row.id });
    await db.delete(controllers).where(and(eq(controllers.tenantId, tenantId), eq(controllers.id, row.id)));
    ctx.emit('exchange.controller.deleted', { id: row.id, name: row.name });
    return { id: row.id };
  },
});
