import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { collectionTarget, findDocument } from '../find.ts';
import { Document } from '../schemas.ts';
import { documentView } from '../view.ts';

export const documentsGet = defineOperation({
  name: 'documents.get',
  summary: 'Show a document of knowledge and how far it is read',
  permission: 'knowledge:read',
  risk: 'read',
  input: z.object({ id: z.uuid().meta({ title: 'Document' }) }),
  output: Document,
  targets: async (ctx, { id }) => [collectionTarget((await findDocument(ctx, id)).collection)],
  run: async (ctx, { id }) => documentView((await findDocument(ctx, id)).document),
});
