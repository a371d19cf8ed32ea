import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { oneRow, targetOf, view } from '../federation/provider-rows.ts';
import { IdentityProvider } from '../federation/provider-schemas.ts';

export const identityProvidersGet = defineOperation({
  name: 'identityProviders.get',
  summary: 'Show an identity provider',
  permission: 'identityProviders:read',
  risk: 'read',
  input: z.object({ id: z.uuid() }),
  output: IdentityProvider,
  targets: async (ctx, { id }) => [targetOf(await oneRow(ctx, id))],
  run: async (ctx, { id }) => view(ctx, await oneRow(ctx, id)),
});
