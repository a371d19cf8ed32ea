import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Query, SEARCH_TYPES } from '#kernel/recall/fields.ts';
import { ownSpace, spaceTarget } from '../find.ts';
import { byWords, withMeaning } from '../search.ts';
import { IMPORTANCES, MEMORY_TYPES, memoryFields, MemoryHit, SENSITIVITIES } from '../schemas.ts';

export const memoriesSearch = defineOperation({
  name: 'memories.search',
  summary: 'Search memory by words and by meaning',
  description:
    '`keyword` finds words and their stems, `semantic` what is alike in meaning, `hybrid` joins both rankings (reciprocal rank fusion). Without an embedding model `hybrid` searches by words alone and says so in `semantic`; `semantic` is refused. Expired memories, what others keep for themselves, and memories whose access labels you do not hold are never found; of secret ones the content is not shown.',
  permission: 'memory:read',
  risk: 'read',
  route: { method: 'POST', path: '/memories/search' },
  input: z.object({
    query: Query.meta({ title: 'Search for', examples: ['maintenance of the edge router'] }),
    space: memoryFields.space.default('tenant'),
    searchType: z.enum(SEARCH_TYPES).default('hybrid').meta({ title: 'How' }),
    types: z.array(z.enum(MEMORY_TYPES)).max(4).optional().meta({ title: 'Kinds' }),
    tags: memoryFields.tags.optional().meta({ title: 'Tags', help: 'All of them' }),
    sensitivity: z.array(z.enum(SENSITIVITIES)).max(4).optional().meta({ title: 'Sensitivity' }),
    importance: z.array(z.enum(IMPORTANCES)).max(5).optional().meta({ title: 'Importance' }),
    from: z.iso.datetime().optional().meta({ title: 'Changed since' }),
    to: z.iso.datetime().optional().meta({ title: 'Changed before' }),
    limit: z.coerce.number().int().min(1).max(100).default(10).meta({ title: 'At most' }),
    threshold: z.coerce.number().min(0).max(1).default(0.2).meta({ title: 'Threshold', help: 'What scores less is not found; 0 to 1' }),
    includeMetadata: z.boolean().default(false).meta({ title: 'With metadata' }),
  }),
  output: z.object({
    results: z.array(MemoryHit),
    count: z.int(),
    semantic: z.boolean().meta({ help: 'Whether meaning was looked at' }),
  }),
  targets: (ctx, { space }) => [spaceTarget(ownSpace(space, ctx.actor.id))],
  run: byWords,
  // A model is asked for the meaning of the query once no transaction is open.
  finish: withMeaning,
});
