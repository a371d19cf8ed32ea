import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { SecretReferences } from '#kernel/secret-references.ts';
import { findProvider } from '../store.ts';
import { providers } from '../tables.ts';

export const aiProvidersDelete = defineOperation({
  name: 'ai.providers.delete',
  summary: 'Forget a provider of models',
  description: 'With what the tenant said of its models. Workflows that use one of them fail at that node, or take the next of their fallbacks.',
  permission: 'ai:manage',
  risk: 'write',
  input: z.object({ id: z.uuid().meta({ title: 'Provider' }) }),
  output: z.object({ id: z.uuid() }),
  targets: 'none',
  async plan(ctx, { id }) {
    const { name, version } = await findProvider(ctx, id);
    return {
      summary: `Forget the provider of models ${name}`,
      changes: [{ action: 'delete', type: 'aiProvider', id, name }],
      warnings: ['Whatever uses its models fails from then on.'],
      reversible: 'Set it up anew. Usage that was counted stays.',
      observed: { [`aiProvider:${id}`]: String(version) },
    };
  },
  async run(ctx, { id }) {
    const { name, kind, apiKey } = await findProvider(ctx, id);
    await ctx.db.delete(providers).where(and(eq(providers.tenantId, ctx.tenantId), eq(providers.id, id)));
    if (apiKey !== null) await ctx.provider(SecretReferences).unlink(ctx.db, ctx.tenantId, { kind: 'aiProvider', id });
    ctx.emit('ai.provider_deleted', { aiProviderId: id, name, kind });
    return { id };
  },
});
