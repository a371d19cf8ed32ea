import { z } from 'zod';
import { and, asc, eq, gt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { collectionTarget, findDocument } from '../find.ts';
import { Chunk } from '../schemas.ts';
import { chunks } from '../tables.ts';

export const documentsPassagesList = defineOperation({
  name: 'documents.passages.list',
  summary: 'List the passages of a document',
  description: 'In the order of the document: what a search can find of it.',
  permission: 'knowledge:read',
  risk: 'read',
  route: { method: 'GET', path: '/documents/{id}/passages' },
  input: z.object({ id: z.uuid().meta({ title: 'Document' }), ...pageInput }),
  output: pageOf(Chunk),
  targets: async (ctx, { id }) => [collectionTarget((await findDocument(ctx, id)).collection)],
  async run(ctx, { id, cursor, limit }) {
    const after = Number(decodeCursor(cursor, 1)?.[0] ?? 0) || 0;
    const { number, heading, content: text, vectorModel } = chunks;
    const rows = await ctx.db.select({ number, heading, text, vectorModel }).from(chunks).where(and(eq(chunks.tenantId, ctx.tenantId), eq(chunks.documentId, id), gt(number, after))).orderBy(asc(number)).limit(limit + 1); // prettier-ignore
    return toPage(rows, limit, (row) => [row.number], ({ vectorModel: model, ...row }) => ({ ...row, searchedByMeaning: model !== null })); // prettier-ignore
  },
});
