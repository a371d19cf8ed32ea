import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { ProviderChecks } from '../providers/port.ts';
import { findProvider } from '../store.ts';

const output = z.object({
  ok: z.boolean(),
  detail: z.string().meta({ help: 'What came of it, in words' }),
  models: z.array(z.string()).meta({ help: 'What the provider says that it has; at most 500' }),
  durationMs: z.int(),
});

export const aiProvidersCheck = defineOperation({
  name: 'ai.providers.check',
  summary: 'Try the key and the address of a provider of models',
  description: 'Asks the provider for its list of models, which costs nothing. Within 15 seconds.',
  permission: 'ai:manage',
  risk: 'read',
  route: { method: 'POST', path: '/ai/providers/{id}/check' },
  input: z.object({ id: z.uuid().meta({ title: 'Provider' }) }),
  output,
  targets: 'none',
  async run(ctx, { id }) {
    await findProvider(ctx, id);
    return { ok: false, detail: 'not asked yet', models: [], durationMs: 0 };
  },
  // Outside of the transaction: nobody else waits while somebody's server thinks.
  finish: ({ provider, tenantId, actor }, { id }) => provider(ProviderChecks).check({ tenantId, actor }, id),
});
