import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Metadata, Query, SEARCH_TYPES } from '#kernel/recall/fields.ts';
import { collectionTarget, findCollection } from '../find.ts';
import { Passage } from '../schemas.ts';
import { byWords, withMeaning } from '../search.ts';

export const knowledgeSearch = defineOperation({
  name: 'knowledge.search',
  summary: 'Search a collection of knowledge by words and by meaning',
  description:
    '`keyword` finds words by the stems of the collection’s language, `semantic` what is alike in meaning, `hybrid` joins both rankings (reciprocal rank fusion). Without an embedding model `hybrid` searches by words alone and says so in `semantic`; `semantic` is refused. Passages of documents whose access labels you do not hold are never found.',
  permission: 'knowledge:read',
  risk: 'read',
  route: { method: 'POST', path: '/knowledge/search' },
  input: z.object({
    collection: z
      .string()
      .min(1)
      .max(100)
      .meta({ title: 'Collection', help: 'Its id or its name', examples: ['Runbooks'] }),
    query: Query.meta({ title: 'Question', examples: ['How is an edge router reloaded?'] }),
    mode: z.enum(SEARCH_TYPES).default('hybrid').meta({ title: 'How' }),
    topK: z.coerce.number().int().min(1).max(50).default(5).meta({ title: 'Passages at most' }),
    scoreThreshold: z.coerce.number().min(0).max(1).default(0).meta({ title: 'Threshold', help: 'What scores less is not found; 0 to 1' }),
    filters: Metadata.optional().meta({ title: 'Only documents with', help: 'Metadata that they must have; all of it', examples: [{ site: 'fra' }] }),
    includeMetadata: z.boolean().default(true).meta({ title: 'With metadata' }),
  }),
  output: z.object({
    passages: z.array(Passage),
    count: z.int(),
    semantic: z.boolean().meta({ help: 'Whether meaning was looked at' }),
  }),
  targets: async (ctx, { collection }) => [collectionTarget(await findCollection(ctx, collection))],
  run: byWords,
  // A model is asked for the meaning of the question once no transaction is open.
  finish: withMeaning,
});
