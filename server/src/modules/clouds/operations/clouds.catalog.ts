import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { catalogOf } from '../connection-rows.ts';
import { connectionTargets, oneConnection } from '../connection-use.ts';
import { CatalogView, id } from '../schemas.ts';

export const cloudsCatalog = defineOperation({
  name: 'clouds.catalog',
  summary: 'Show what a connection sells: regions, sizes with prices, images',
  permission: 'clouds:read',
  risk: 'read',
  route: { method: 'GET', path: '/cloud-providers/{id}/catalog' },
  input: z.object({ id }),
  output: CatalogView,
  targets: connectionTargets,
  run: async (ctx, input) => catalogOf(ctx, await oneConnection(ctx, input.id)),
});
