import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, asc, gt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { heldIn, visibleCollections } from '../find.ts';
import { Collection } from '../schemas.ts';
import { collections } from '../tables.ts';
import { collectionView } from '../view.ts';

export const knowledgeCollectionsList = defineOperation({
  name: 'knowledgeCollections.list',
  summary: 'List collections of knowledge',
  description: 'In the order in which they were made; those whose access labels you do not hold are not in it.',
  permission: 'knowledge:read',
  risk: 'read',
  input: z.object(pageInput),
  output: pageOf(Collection),
  targets: 'filter',
  async run(ctx, { cursor, limit }) {
    const after = decodeCursor(cursor, 1)?.[0];
    if (after !== undefined && !isUuid(String(after))) throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.'); // prettier-ignore
    const wanted = and(await visibleCollections(ctx), after === undefined ? undefined : gt(collections.id, String(after)));
    const rows = await ctx.db.select().from(collections).where(wanted).orderBy(asc(collections.id)).limit(limit + 1); // prettier-ignore
    const held = await heldIn(ctx, rows.map(({ id }) => id)); // prettier-ignore
    return toPage(rows, limit, ({ id }) => [id], (row) => collectionView(row, held(row.id))); // prettier-ignore
  },
});
