import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { collectionTarget, findDocument } from '../find.ts';
import { Document, documentFields } from '../schemas.ts';
import { documents } from '../tables.ts';
import { documentView, SHOWN } from '../view.ts';

const { title, source, metadata, accessLabels } = documentFields;
const Edit = z.object({ title, source: source.nullable(), metadata, accessLabels }).partial();
const FIELDS = Object.keys(Edit.shape) as (keyof z.output<typeof Edit>)[];

export const documentsUpdate = defineOperation({
  name: 'documents.update',
  summary: 'Change what is said of a document',
  description: 'Its title, source, metadata and who may see it. To change its content, add the new one and delete the old.',
  permission: 'knowledge:write',
  risk: 'write',
  input: z.object({ id: z.uuid().meta({ title: 'Document' }), ...Edit.shape }),
  output: Document,
  targets: async (ctx, { id }) => [collectionTarget((await findDocument(ctx, id)).collection)],
  async plan(ctx, { id, ...edit }) {
    const { document } = await findDocument(ctx, id);
    const fields = FIELDS.flatMap((path) => (edit[path] === undefined ? [] : [{ path, before: document[path], after: edit[path] }]));
    return {
      summary: `Change the document "${document.title}"`,
      changes: [{ action: 'update', type: 'knowledgeDocument', id, name: document.title, fields }],
      reversible: 'Change it back.',
    };
  },
  async run(ctx, { id, ...edit }) {
    await findDocument(ctx, id, true);
    const given = Object.fromEntries(FIELDS.filter((path) => edit[path] !== undefined).map((path) => [path, edit[path]]));
    const [row] = await ctx.db.update(documents).set({ ...given, updatedAt: ctx.now() }).where(and(eq(documents.tenantId, ctx.tenantId), eq(documents.id, id))).returning(SHOWN); // prettier-ignore
    return documentView(row!);
  },
});
