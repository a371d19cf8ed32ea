import { z } from 'zod';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { settledEntry } from '../model-wishes.ts';
import { entriesOf } from '../models.ts';
import { modelFields, ModelId, ModelView } from '../schemas.ts';
import { models } from '../tables.ts';

const input = z.object({
  id: ModelId,
  label: modelFields.label.optional(),
  context: modelFields.context.nullable().optional(),
  price: modelFields.price.nullable().optional(),
  enabled: modelFields.enabled.optional(),
});
const SHOWN = ['label', 'context', 'price', 'enabled'] as const;

export const aiModelsUpdate = defineOperation({
  name: 'ai.models.update',
  summary: 'Say otherwise what a model costs or takes, or switch it off',
  description: 'Of a model of the catalogue, what is said here goes before what comes with the product.',
  permission: 'ai:manage',
  risk: 'write',
  input,
  output: ModelView,
  targets: 'none',
  async plan(ctx, { id, ...wish }) {
    const { view } = await settledEntry(ctx, id);
    return {
      summary: `Change the model ${id}`,
      changes: [{ action: 'update', type: 'aiModel', id, name: id, fields: SHOWN.flatMap((path) => (wish[path] === undefined ? [] : [{ path, before: view[path], after: wish[path] }])) }],
      warnings: wish.enabled === false ? ['Whatever uses it fails from then on, or takes the next of its fallbacks.'] : [],
      reversible: 'Change it back.',
    };
  },
  async run(ctx, { id, ...wish }) {
    const { view, model, provider } = await settledEntry(ctx, id);
    const { label = view.label, context = view.context, price = view.price, enabled = view.enabled } = wish;
    const said = { label, context, inputPrice: price?.input ?? null, outputPrice: price?.output ?? null, enabled, updatedAt: ctx.now() };
    await ctx.db
      .insert(models)
      .values({ tenantId: ctx.tenantId, id: newId(), providerId: provider.id, model, kind: view.kind, createdAt: ctx.now(), ...said })
      .onConflictDoUpdate({ target: [models.tenantId, models.providerId, models.model], set: said });
    return (await entriesOf(ctx)).entries.find((entry) => entry.view.id === id)!.view;
  },
}); // prettier-ignore
