import { z } from 'zod';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { collectionTarget } from '../find.ts';
import '../problems.ts';
import { requireSizes } from '../rules.ts';
import { Collection, collectionFields } from '../schemas.ts';
import { collections } from '../tables.ts';
import { collectionView } from '../view.ts';

/** Of a tenant. */
const MOST_COLLECTIONS = 200;
const { name, description, language, accessLabels, passageSize, passageOverlap, confidential } = collectionFields;

export const knowledgeCollectionsCreate = defineOperation({
  name: 'knowledgeCollections.create',
  summary: 'Make a collection of knowledge',
  permission: 'knowledge:write',
  risk: 'write',
  input: z.object({
    name,
    description: description.optional(),
    language: language.default('english'),
    accessLabels: accessLabels.default([]),
    passageSize: passageSize.default(1_200),
    passageOverlap: passageOverlap.default(150),
    confidential: confidential.default(false),
  }),
  output: Collection,
  targets: (_ctx, input) => [collectionTarget({ id: 'new', name: input.name })],
  plan(_ctx, input) {
    requireSizes(input);
    return {
      summary: `Make the collection "${input.name}"`,
      changes: [{ action: 'create', type: 'knowledgeCollection', name: input.name, fields: [{ path: 'accessLabels', after: input.accessLabels }] }],
      reversible: 'Delete the collection.',
    };
  },
  async run(ctx, { description: about = null, ...input }) {
    requireSizes(input);
    const { db, tenantId, actor } = ctx;
    if ((await db.$count(collections, eq(collections.tenantId, tenantId))) >= MOST_COLLECTIONS) throw new Problem('collection-full', `There are ${MOST_COLLECTIONS} collections, and no more are made.`); // prettier-ignore
    const [row] = await db
      .insert(collections)
      .values({
        tenantId,
        id: newId(),
        ...input,
        description: about,
        ownerId: actor.id,
        ownerName: actor.name,
        createdAt: ctx.now(),
        updatedAt: ctx.now(),
      })
      .returning()
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? new Problem('collection-name-taken', `There is a collection "${input.name}" already.`) : error;
      });
    ctx.emit('knowledgeCollection.created', { collectionId: row!.id, name: row!.name });
    return collectionView(row!, { documents: 0, passages: 0 });
  },
});
