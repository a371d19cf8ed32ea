import type { ReadContext } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import { entriesOf, type Entry } from './models.ts';
import type { ProviderRow } from './tables.ts';

/** A model whose provider is set up. Throws `ai-model-not-found`. */
export async function settledEntry(ctx: Pick<ReadContext, 'db' | 'tenantId'>, id: string): Promise<Entry & { provider: ProviderRow }> {
  const entry = (await entriesOf(ctx)).entries.find(({ view }) => view.id === id);
  if (!entry) throw new Problem('ai-model-not-found', `There is no model "${id}" in the catalogue. List them with ai.models.list.`);
  const { provider } = entry;
  if (!provider) throw new Problem('ai-model-not-found', `The provider of "${id}" is not set up. Do so with ai.providers.create.`);
  return { ...entry, provider };
}
