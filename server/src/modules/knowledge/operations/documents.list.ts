import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, desc, eq, exists, lt, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { seerOf } from '#kernel/recall/labels.ts';
import { documentsSeen, visibleCollections } from '../find.ts';
import { Document } from '../schemas.ts';
import { collections, documents } from '../tables.ts';
import { documentView, SHOWN } from '../view.ts';

export const documentsList = defineOperation({
  name: 'documents.list',
  summary: 'List documents of knowledge',
  description: 'The newest first; those whose access labels you do not hold, or those of whose collection, are not in it.',
  permission: 'knowledge:read',
  risk: 'read',
  input: z.object({
    collectionId: z.uuid().optional().meta({ title: 'Collection' }),
    state: Document.shape.state.optional().meta({ title: 'State' }),
    q: z.string().trim().min(1).max(200).optional().meta({ title: 'Title or file has' }),
    ...pageInput,
  }),
  output: pageOf(Document),
  targets: 'filter',
  async run(ctx, { collectionId, state, q, cursor, limit }) {
    const before = decodeCursor(cursor, 1)?.[0];
    if (before !== undefined && !isUuid(String(before))) throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.'); // prettier-ignore
    const pattern = `%${q?.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    const around = ctx.db.select({ id: collections.id }).from(collections).where(and(await visibleCollections(ctx), eq(collections.id, documents.collectionId))); // prettier-ignore
    const wanted = and(
      documentsSeen(ctx.tenantId, await seerOf(ctx)),
      exists(around),
      collectionId === undefined ? undefined : eq(documents.collectionId, collectionId),
      state && eq(documents.state, state),
      q === undefined ? undefined : sql`(${documents.title} ilike ${pattern} or ${documents.filename} ilike ${pattern})`,
      before === undefined ? undefined : lt(documents.id, String(before)),
    );
    const rows = await ctx.db.select(SHOWN).from(documents).where(wanted).orderBy(desc(documents.id)).limit(limit + 1); // prettier-ignore
    return toPage(rows, limit, ({ id }) => [id], documentView);
  },
});
