import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { count, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { entriesOf, type Entry } from '../models.ts';
import { modelFields, ModelView } from '../schemas.ts';
import { findProvider } from '../store.ts';
import { models, type ProviderRow } from '../tables.ts';

const MODELS = 500;
const exists = (id: string): Problem => new Problem('ai-model-exists', `The model "${id}" is in the catalogue already.`);

async function providerFor(ctx: ReadContext, providerId: string, model: string): Promise<ProviderRow> {
  const provider = await findProvider(ctx, providerId);
  const id = `${provider.name}/${model}`;
  if ((await entriesOf(ctx)).entries.some(({ view }) => view.id === id)) throw exists(id);
  return provider;
}

export const aiModelsCreate = defineOperation({
  name: 'ai.models.create',
  summary: 'Add a model to the catalogue',
  description: 'One that the provider has and the catalogue does not know: a deployment of Azure, a model of a server of one’s own, a newer one.',
  permission: 'ai:manage',
  risk: 'write',
  input: z.object({
    providerId: z.uuid().meta({ title: 'Provider' }),
    model: z
      .string()
      .trim()
      .min(1)
      .max(150)
      .meta({ title: 'Name at the provider', examples: ['llama3.3:70b'] }),
    kind: modelFields.kind.default('chat'),
    label: modelFields.label.optional(),
    context: modelFields.context.nullable().default(null),
    price: modelFields.price.nullable().default(null).meta({ help: 'Without one it costs nothing in our counts' }),
  }),
  output: ModelView,
  targets: 'none',
  async plan(ctx, { providerId, model, kind, context, price }) {
    const { name } = await providerFor(ctx, providerId, model);
    return {
      summary: `Add the model ${name}/${model}`,
      changes: [
        {
          action: 'create',
          type: 'aiModel',
          name: `${name}/${model}`,
          fields: Object.entries({ kind, context, price }).map(([path, after]) => ({ path, before: null, after })),
        },
      ],
      reversible: 'Delete it.',
    };
  },
  async run(ctx, { providerId, model, label, price, kind, context }) {
    const { db, tenantId, now } = ctx;
    const { name } = await providerFor(ctx, providerId, model);
    const [found] = await db.select({ used: count() }).from(models).where(eq(models.tenantId, tenantId));
    if (found!.used >= MODELS) throw new Problem('ai-limit', `There are ${MODELS} models already. Delete one that nobody needs.`);
    const prices = { inputPrice: price?.input ?? null, outputPrice: price?.output ?? null };
    await db
      .insert(models)
      .values({ tenantId, id: newId(), providerId, model, kind, context, label: label ?? model, ...prices, createdAt: now(), updatedAt: now() })
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? exists(`${name}/${model}`) : error;
      });
    return (await entriesOf(ctx)).entries.find(({ view }): boolean => view.id === `${name}/${model}`)!.view satisfies Entry['view'];
  },
});
