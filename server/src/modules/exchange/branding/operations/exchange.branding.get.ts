import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Branding } from '../schemas.ts';
import { brandingOf, brandingView } from '../store.ts';

export const exchangeBrandingGet = defineOperation({
  name: 'exchange.branding.get',
  summary: 'Show how the exchange presents itself',
  permission: 'exchange:read',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/branding' },
  input: z.object({}),
  output: Branding,
  targets: 'none',
  run: async (ctx) => brandingView(await brandingOf(ctx)),
});
