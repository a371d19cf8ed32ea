import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { connectionTargets, oneConnection } from '../connection-use.ts';
import { catalogRead } from '../reads.ts';
import { CatalogView, id } from '../schemas.ts';

export const cloudsCatalog = defineOperation({
  name: 'clouds.catalog',
  summary: 'Show what a connection sells: regions, sizes with prices, images',
  description: 'As the provider said within the last hour; `readAt` tells when. `stale`: it cannot be asked, and what it said before is shown.',
  permission: 'clouds:read',
  risk: 'read',
  route: { method: 'GET', path: '/cloud-providers/{id}/catalog' },
  input: z.object({ id }),
  output: CatalogView,
  targets: connectionTargets,
  async run(ctx, input) {
    const { value, readAt, stale } = await catalogRead(ctx, await oneConnection(ctx, input.id));
    return { ...value, readAt: readAt.toISOString(), stale };
  },
});
