import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { collectionTarget, findCollection, heldIn } from '../find.ts';
import { collections } from '../tables.ts';

export const knowledgeCollectionsDelete = defineOperation({
  name: 'knowledgeCollections.delete',
  summary: 'Delete a collection of knowledge with its documents',
  permission: 'knowledge:write',
  risk: 'high',
  input: z.object({ id: z.string().min(1).max(100).meta({ title: 'Collection', help: 'Its id or its name' }) }),
  output: z.object({ id: z.uuid() }),
  targets: async (ctx, { id }) => [collectionTarget(await findCollection(ctx, id))],
  async plan(ctx, { id }) {
    const row = await findCollection(ctx, id);
    const { documents: held } = (await heldIn(ctx, [row.id]))(row.id);
    return {
      summary: `Delete the collection "${row.name}"`,
      changes: [{ action: 'delete', type: 'knowledgeCollection', id: row.id, name: row.name }],
      // How many are kept for others is not told, nor whether there are any.
      dataLoss: `${held} ${held === 1 ? 'document' : 'documents'} that you may see, and all others in it`,
      warnings: ['Workflows that ask it fail from then on.'],
      observed: { [`collection ${row.id}`]: String(row.version) },
    };
  },
  async run(ctx, { id }) {
    const row = await findCollection(ctx, id, true);
    await ctx.db.delete(collections).where(and(eq(collections.tenantId, ctx.tenantId), eq(collections.id, row.id)));
    ctx.emit('knowledgeCollection.deleted', { collectionId: row.id, name: row.name });
    return { id: row.id };
  },
});
