import { z } from 'zod';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { prune } from '../../backups/store.ts';
import { requireSeen } from '../../find.ts';
import { differences, given } from '../../plans.ts';
import { Controller, controllerFields, controllerId } from '../schemas.ts';
import { controllerOf, controllerView, findController, oneController } from '../store.ts';
import { controllers } from '../tables.ts';

const { backupKeep, backupDaily } = controllerFields;
const Edit = z.object({ backupKeep, backupDaily }).partial();

export const exchangeControllersUpdate = defineOperation({
  name: 'exchange.controllers.update',
  summary: 'Change how a ZeroTier controller is backed up',
  description: 'How many backups are kept, and whether one is taken each night. The content of older ones than are to be kept is let go of at once.',
  permission: 'exchange:manage',
  risk: 'write',
  input: z.object({ id: controllerId, ...Edit.shape }),
  output: Controller,
  targets: oneController,
  async plan(ctx, { id, ...edit }) {
    const row = await controllerOf(ctx, id);
    requireSeen(row.name, row, ctx);
    const fields = differences(row, edit);
    return {
      summary: `Change ${fields.map(({ path }) => path).join(', ') || 'nothing'} of "${row.name}"`,
      changes: [{ action: 'update', type: 'exchangeController', id: row.id, name: row.name, fields }],
      reversible: 'Change it back. What was let go of is gone.',
      observed: { [`controller ${row.id}`]: String(row.version) },
    };
  },
  async run(ctx, { id, ...edit }) {
    const row = await findController(ctx, id, true);
    requireSeen(row.name, row, ctx);
    const [next] = await ctx.db
      .update(controllers)
      .set({ ...given(edit), version: sql`${controllers.version} + 1`, updatedAt: ctx.now() })
      .where(and(eq(controllers.tenantId, ctx.tenantId), eq(controllers.id, row.id)))
      .returning();
    await prune(ctx, next!);
    ctx.emit('exchange.controller.updated', { id: row.id, name: row.name });
    return controllerView(ctx, next!);
  },
});
