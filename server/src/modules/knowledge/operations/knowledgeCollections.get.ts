import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { collectionTarget, findCollection, heldIn } from '../find.ts';
import { Collection } from '../schemas.ts';
import { collectionView } from '../view.ts';

export const knowledgeCollectionsGet = defineOperation({
  name: 'knowledgeCollections.get',
  summary: 'Show a collection of knowledge',
  permission: 'knowledge:read',
  risk: 'read',
  input: z.object({ id: z.string().min(1).max(100).meta({ title: 'Collection', help: 'Its id or its name' }) }),
  output: Collection,
  targets: async (ctx, { id }) => [collectionTarget(await findCollection(ctx, id))],
  async run(ctx, { id }) {
    const row = await findCollection(ctx, id);
    return collectionView(row, (await heldIn(ctx, [row.id]))(row.id));
  },
});
