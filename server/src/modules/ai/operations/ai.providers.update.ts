import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { checkKey, linkKey, requireGood, shownOf, type ProviderWish } from '../provider-wishes.ts';
import { providerFields, ProviderView, providerView } from '../schemas.ts';
import { findProvider } from '../store.ts';
import { providers, type ProviderRow } from '../tables.ts';

const input = z.object({
  id: z.uuid().meta({ title: 'Provider' }),
  label: providerFields.label.optional(),
  baseUrl: providerFields.baseUrl.nullable().optional(),
  region: providerFields.region.nullable().optional(),
  apiKey: providerFields.apiKey.nullable().optional(),
  enabled: z.boolean().optional().meta({ title: 'In use' }),
  confidential: providerFields.confidential.optional(),
  timeoutSeconds: providerFields.timeoutSeconds.optional(),
  script: providerFields.script.nullable().optional(),
});

const merged = (row: ProviderRow, { id: _, ...wish }: z.output<typeof input>): ProviderWish => ({
  ...row,
  ...Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)),
});

export const aiProvidersUpdate = defineOperation({
  name: 'ai.providers.update',
  summary: 'Change a provider of models',
  description: 'Its key, its address, whether it is in use and whether it may be sent confidential content. The name stays: models are known by it.',
  permission: 'ai:manage',
  risk: 'write',
  input,
  output: ProviderView,
  targets: 'none',
  async plan(ctx, wish) {
    const row = await findProvider(ctx, wish.id);
    const next = merged(row, wish);
    requireGood(next);
    await checkKey(ctx, next);
    const [before, after] = [shownOf(row), shownOf(next)] as Record<string, string | number | boolean | null>[];
    return {
      summary: `Change the provider of models ${row.name}`,
      changes: [
        {
          action: 'update',
          type: 'aiProvider',
          id: row.id,
          name: row.name,
          fields: Object.keys(after!).filter((path) => before![path] !== after![path]).map((path) => ({ path, before: before![path]!, after: after![path]! })),
        },
      ],
      reversible: 'Change it back.',
      observed: { [`aiProvider:${row.id}`]: String(row.version) },
    };
  },
  async run(ctx, wish) {
    const row = await findProvider(ctx, wish.id);
    const next = merged(row, wish);
    requireGood(next);
    const { label, baseUrl, region, apiKey, enabled, confidential, timeoutSeconds, script } = next;
    const [saved] = await ctx.db
      .update(providers)
      .set({ label, baseUrl, region, apiKey, enabled, confidential, timeoutSeconds, script, version: row.version + 1, updatedAt: ctx.now() })
      .where(and(eq(providers.tenantId, ctx.tenantId), eq(providers.id, row.id)))
      .returning();
    if (next.apiKey !== row.apiKey) await linkKey(ctx, row.id, next);
    ctx.emit('ai.provider_updated', { aiProviderId: row.id, name: row.name, kind: row.kind });
    return providerView(saved!);
  },
}); // prettier-ignore
