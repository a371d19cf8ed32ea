import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Recall } from '#kernel/recall/port.ts';
import { collectionTarget, findDocument } from '../find.ts';
import { readAnew } from '../ingest/anew.ts';
import { Document } from '../schemas.ts';
import { documentView } from '../view.ts';

export const documentsIngest = defineOperation({
  name: 'documents.ingest',
  summary: 'Have a document read anew',
  description: 'After a failure, or to have what it means told by another embedding model. What was found until now is found until it is done.',
  permission: 'knowledge:write',
  risk: 'write',
  input: z.object({ id: z.uuid().meta({ title: 'Document' }) }),
  output: Document,
  targets: async (ctx, { id }) => [collectionTarget((await findDocument(ctx, id)).collection)],
  async plan(ctx, { id }) {
    const { document } = await findDocument(ctx, id);
    return { summary: `Read "${document.title}" anew`, changes: [{ action: 'update', type: 'knowledgeDocument', id, name: document.title }] };
  },
  async run(ctx, { id }) {
    await findDocument(ctx, id, true);
    const recall = ctx.provider(Recall);
    const row = await readAnew({ db: ctx.db, tenantId: ctx.tenantId, recall }, id, ctx.now());
    ctx.afterCommit(recall.wake);
    return documentView(row);
  },
});
