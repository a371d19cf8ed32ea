import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { visibleKey } from '../keys/allowed.ts';
import { ApiKey, apiKey } from '../keys/schemas.ts';

export const apiKeysGet = defineOperation({
  name: 'apiKeys.get',
  summary: 'Show an API key, without the key itself',
  permission: 'apiKeys:read',
  risk: 'read',
  access: 'self',
  input: z.object({ id: z.uuid() }),
  output: ApiKey,
  targets: 'none',
  run: async (ctx, { id }) => apiKey(await visibleKey(ctx, id)),
});
