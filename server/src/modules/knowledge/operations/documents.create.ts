import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { seerOf } from '#kernel/recall/labels.ts';
import { Recall } from '#kernel/recall/port.ts';
import { collectionTarget, findCollection } from '../find.ts';
import { addDocument } from '../ingest/add.ts';
import { upload } from '../rules.ts';
import { Document, documentFields } from '../schemas.ts';
import { documentView } from '../view.ts';

const { title, filename, source, content, encoding, metadata, accessLabels } = documentFields;

export const documentsCreate = defineOperation({
  name: 'documents.create',
  summary: 'Add a document to a collection of knowledge',
  description:
    'Text in UTF-8, Markdown, HTML and CSV of at most 5 MiB; what it is, its ending says. PDF is refused. A worker reads it: follow `state` and `progress` with `documents.get`.',
  permission: 'knowledge:write',
  risk: 'write',
  bodyLimit: 8_000_000,
  input: z.object({
    collectionId: z.string().min(1).max(100).meta({ title: 'Collection', help: 'Its id or its name' }),
    filename,
    content,
    encoding: encoding.default('text'),
    title: title.optional().meta({ help: 'The first heading, or the name of the file, when left out' }),
    source: source.optional(),
    metadata: metadata.default({}),
    accessLabels: accessLabels.default([]),
  }),
  output: Document,
  targets: async (ctx, { collectionId }) => [collectionTarget(await findCollection(ctx, collectionId))],
  async plan(ctx, { collectionId, ...input }) {
    const collection = await findCollection(ctx, collectionId);
    const { bytes, mediaType } = upload(input);
    return {
      summary: `Add "${input.filename}" to the collection "${collection.name}"`,
      changes: [{ action: 'create', type: 'knowledgeDocument', name: input.filename, fields: [{ path: 'bytes', after: bytes.length }, { path: 'mediaType', after: mediaType }] }],
      reversible: 'Delete the document.',
    };
  }, // prettier-ignore
  async run(ctx, { collectionId, ...input }) {
    const collection = await findCollection(ctx, collectionId, true);
    const recall = ctx.provider(Recall);
    const row = await addDocument(
      { db: ctx.db, tenantId: ctx.tenantId, recall },
      collection,
      { ...input, ...upload(input) },
      { ...ctx.actor, seer: await seerOf(ctx) },
      ctx.now(),
    );
    ctx.emit('document.added', { documentId: row.id, collectionId: collection.id });
    ctx.afterCommit(recall.wake);
    return documentView(row);
  },
});
