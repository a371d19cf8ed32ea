import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { collectionTarget, findDocument } from '../find.ts';
import { documents } from '../tables.ts';

export const documentsDelete = defineOperation({
  name: 'documents.delete',
  summary: 'Delete a document of knowledge',
  permission: 'knowledge:write',
  risk: 'write',
  input: z.object({ id: z.uuid().meta({ title: 'Document' }) }),
  output: z.object({ id: z.uuid() }),
  targets: async (ctx, { id }) => [collectionTarget((await findDocument(ctx, id)).collection)],
  async plan(ctx, { id }) {
    const { document } = await findDocument(ctx, id);
    return {
      summary: `Delete the document "${document.title}"`,
      changes: [{ action: 'delete', type: 'knowledgeDocument', id, name: document.title }],
      dataLoss: 'The document and its passages',
    };
  },
  async run(ctx, { id }) {
    const { document } = await findDocument(ctx, id, true);
    await ctx.db.delete(documents).where(and(eq(documents.tenantId, ctx.tenantId), eq(documents.id, id)));
    ctx.emit('document.deleted', { documentId: id, collectionId: document.collectionId });
    return { id };
  },
});
