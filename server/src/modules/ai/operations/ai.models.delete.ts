import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { settledEntry } from '../model-wishes.ts';
import { ModelId } from '../schemas.ts';
import { models } from '../tables.ts';

export const aiModelsDelete = defineOperation({
  name: 'ai.models.delete',
  summary: 'Take a model of one’s own out of the catalogue',
  description: 'Of a model that comes with the product, what the tenant said of it is forgotten; to keep it from being used, switch it off.',
  permission: 'ai:manage',
  risk: 'write',
  input: z.object({ id: ModelId }),
  output: z.object({ id: z.string() }),
  targets: 'none',
  async plan(ctx, { id }) {
    const { view } = await settledEntry(ctx, id);
    return {
      summary: view.own ? `Take the model ${id} out of the catalogue` : `Forget what was said of the model ${id}`,
      changes: [{ action: 'delete', type: 'aiModel', id, name: id }],
      warnings: view.own ? ['Whatever uses it fails from then on, or takes the next of its fallbacks.'] : [],
      reversible: 'Add it anew.',
    };
  },
  async run(ctx, { id }) {
    const { model, provider } = await settledEntry(ctx, id);
    await ctx.db.delete(models).where(and(eq(models.tenantId, ctx.tenantId), eq(models.providerId, provider.id), eq(models.model, model)));
    return { id };
  },
});
