import { z } from 'zod';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Recall } from '#kernel/recall/port.ts';
import { collectionTarget, findCollection, heldIn } from '../find.ts';
import { readAllAnew } from '../ingest/anew.ts';
import { requireSizes } from '../rules.ts';
import { Collection, collectionFields } from '../schemas.ts';
import { collections, type CollectionRow } from '../tables.ts';
import { collectionView } from '../view.ts';

const Edit = z.object({ ...collectionFields, description: collectionFields.description.nullable() }).partial();
type Edit = z.output<typeof Edit>;
const FIELDS = Object.keys(Edit.shape) as (keyof Edit)[];
/** What passages hang on. */
const READ_BY = ['language', 'passageSize', 'passageOverlap', 'confidential'] as const;

const given = (edit: Edit): Partial<CollectionRow> => Object.fromEntries(FIELDS.filter((path) => edit[path] !== undefined).map((path) => [path, edit[path]])); // prettier-ignore
const isReadAnew = (row: CollectionRow, edit: Edit): boolean => READ_BY.some((path) => edit[path] !== undefined && edit[path] !== row[path]);

export const knowledgeCollectionsUpdate = defineOperation({
  name: 'knowledgeCollections.update',
  summary: 'Change a collection of knowledge',
  description: 'A change of language, passages or confidentiality has all its documents read anew.',
  permission: 'knowledge:write',
  risk: 'write',
  input: z.object({ id: z.string().min(1).max(100).meta({ title: 'Collection', help: 'Its id or its name' }), ...Edit.shape }),
  output: Collection,
  targets: async (ctx, { id }) => [collectionTarget(await findCollection(ctx, id))],
  async plan(ctx, { id, ...edit }) {
    const row = await findCollection(ctx, id);
    requireSizes({ ...row, ...given(edit) });
    return {
      summary: `Change the collection "${row.name}"`,
      changes: [{ action: 'update', type: 'knowledgeCollection', id: row.id, name: row.name, fields: FIELDS.flatMap((path) => (edit[path] === undefined ? [] : [{ path, before: row[path], after: edit[path] }])) }],
      warnings: isReadAnew(row, edit) ? ['All documents are read anew.'] : [],
      observed: { [`collection ${row.id}`]: String(row.version) },
    };
  }, // prettier-ignore
  async run(ctx, { id, ...edit }) {
    const row = await findCollection(ctx, id, true);
    requireSizes({ ...row, ...given(edit) });
    const [next] = await ctx.db
      .update(collections)
      .set({ ...given(edit), version: sql`${collections.version} + 1`, updatedAt: ctx.now() })
      .where(and(eq(collections.tenantId, ctx.tenantId), eq(collections.id, row.id)))
      .returning()
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? new Problem('collection-name-taken', `There is a collection "${edit.name}" already.`) : error;
      });
    const recall = ctx.provider(Recall);
    if (isReadAnew(row, edit)) await readAllAnew({ db: ctx.db, tenantId: ctx.tenantId, recall }, row.id, ctx.now());
    ctx.emit('knowledgeCollection.updated', { collectionId: row.id, name: next!.name });
    ctx.afterCommit(recall.wake);
    return collectionView(next!, (await heldIn(ctx, [row.id]))(row.id));
  },
});
