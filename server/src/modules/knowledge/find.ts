import type { ReadContext } from '#kernel/context.ts';
import { isUuid, type Database } from '#kernel/database.ts';
import { and, eq, inArray, or, sql, type SQL } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { withinReach } from '#kernel/scope.ts';
import { heldBy, type Seer, seerOf } from '#kernel/recall/labels.ts';
import { collections, documents, type CollectionRow, type DocumentRow } from './tables.ts';
import { SHOWN, type Held } from './view.ts';

export interface Place {
  db: Database;
  tenantId: string;
}
type Asking = Pick<ReadContext, 'actor' | 'db' | 'tenantId' | 'provider' | 'once'>;

/** Collections that somebody may see: by their labels, or because they answer for them. */
export const collectionsSeen = (tenantId: string, seer: Seer): SQL | undefined =>
  and(eq(collections.tenantId, tenantId), heldBy(seer, collections.accessLabels, collections.ownerId));
/** Documents that somebody may see; whether they may see the collection is asked beside it. */
export const documentsSeen = (tenantId: string, seer: Seer): SQL | undefined =>
  and(eq(documents.tenantId, tenantId), heldBy(seer, documents.accessLabels, documents.createdBy));

export const visibleCollections = async (ctx: ReadContext): Promise<SQL | undefined> =>
  and(collectionsSeen(ctx.tenantId, await seerOf(ctx)), withinReach(ctx.reach, { type: 'knowledgeCollection', id: collections.id }));

/** What lies in a collection is reached as the collection is. */
export const collectionTarget = ({ id, name }: Pick<CollectionRow, 'id' | 'name'>): Target => ({ type: 'knowledgeCollection', id, name });

/** By id or name; throws `collection-not-found`, also for what is kept for others. */
export async function findCollection(ctx: Asking, idOrName: string, lock = false): Promise<CollectionRow> {
  const named = eq(sql`lower(${collections.name})`, idOrName.toLowerCase());
  const wanted = and(collectionsSeen(ctx.tenantId, await seerOf(ctx)), isUuid(idOrName) ? or(eq(collections.id, idOrName), named) : named);
  const query = ctx.db.select().from(collections).where(wanted);
  const rows = await (lock ? query.for('no key update') : query);
  // An id is what it says: a collection that is named like the id of another is not taken for it.
  const row = rows.find(({ id }) => id === idOrName.toLowerCase()) ?? rows[0];
  if (!row) throw new Problem('collection-not-found', `There is no collection "${idOrName.slice(0, 100)}" here that you may see.`);
  return row;
}

/** A document with its collection; throws `document-not-found`, also for what is kept for others. */
export async function findDocument(ctx: Asking, id: string, lock = false): Promise<{ document: DocumentRow; collection: CollectionRow }> {
  const seer = await seerOf(ctx);
  const query = ctx.db
    .select(SHOWN)
    .from(documents)
    .where(and(documentsSeen(ctx.tenantId, seer), eq(documents.id, id)));
  const [document] = isUuid(id) ? await (lock ? query.for('no key update') : query) : [];
  const [collection] = document ? await ctx.db.select().from(collections).where(and(collectionsSeen(ctx.tenantId, seer), eq(collections.id, document.collectionId))) : []; // prettier-ignore
  if (!document || !collection) throw new Problem('document-not-found', `There is no document ${id.slice(0, 64)} here that you may see.`);
  return { document, collection };
}

/** What each of the collections holds that the caller may see. */
export async function heldIn(ctx: Asking, ids: readonly string[]): Promise<(id: string) => Held> {
  const seer = await seerOf(ctx);
  const rows = ids.length === 0 ? [] : await ctx.db.select({ id: documents.collectionId, documents: sql<number>`count(*)::int`, passages: sql<number>`coalesce(sum(${documents.passages}), 0)::int` }).from(documents).where(and(documentsSeen(ctx.tenantId, seer), inArray(documents.collectionId, [...ids]))).groupBy(documents.collectionId); // prettier-ignore
  const held = new Map(rows.map(({ id, ...one }) => [id, one]));
  return (id) => held.get(id) ?? { documents: 0, passages: 0 };
}
