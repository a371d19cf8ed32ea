import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { ProviderView, providerView } from '../schemas.ts';
import { providersOf } from '../store.ts';

export const aiProvidersList = defineOperation({
  name: 'ai.providers.list',
  summary: 'List the providers of models',
  description: 'With the references of their keys, never the keys.',
  permission: 'ai:read',
  risk: 'read',
  input: z.object({}),
  // At most `PROVIDERS`, so one page.
  output: z.object({ items: z.array(ProviderView), nextCursor: z.null() }),
  targets: 'none',
  run: async (ctx) => ({ items: (await providersOf(ctx)).map(providerView), nextCursor: null }),
});
