import type { Database } from '#kernel/database.ts';
import { and, asc, eq, exists, isNull, or, sql } from '#kernel/drizzle.ts';
import type { WorkContext } from '#kernel/work.ts';
import { directionsOf, embeddingModel } from '#kernel/recall/meaning.ts';
import { Recall } from '#kernel/recall/port.ts';
import { chunks, collections, documents } from '../tables.ts';
import { CUT, sameReading, type Open, type ReadDeps, type Wanted } from './reading.ts';

/** Passages that are sent to a model at once. */
const BATCH = 64;

const untold = (model: string) => or(isNull(chunks.vectorModel), sql`${chunks.vectorModel} <> ${model}`);

/** The next passages that the model has not told, with what they are sent as: a heading says what a passage is about. */
async function next(db: Database, { tenantId, documentId }: Wanted, model: string): Promise<{ id: string; text: string }[]> {
  const wanted = and(eq(chunks.tenantId, tenantId), eq(chunks.documentId, documentId), untold(model));
  const rows = await db.select({ id: chunks.id, heading: chunks.heading, content: chunks.content }).from(chunks).where(wanted).orderBy(asc(chunks.number)).limit(BATCH); // prettier-ignore
  return rows.map(({ id, heading, content }) => ({ id, text: heading === null ? content : `${heading}\n${content}` }));
}

/** Keeps directions and how far it is. False when the document is being read anew. */
async function keep({ databases }: ReadDeps, wanted: Wanted, open: Open, model: string, told: readonly { id: string; vector: Buffer }[]): Promise<boolean> {
  const { tenantId, documentId } = wanted;
  return databases.tenant({ tenantId, operation: 'documents.ingest' }, async (db) => {
    // The document first, as whoever deletes or reads it anew begins with it: else each could wait for what the other has locked.
    const [held] = await db.select({ id: documents.id }).from(documents).where(sameReading(wanted, open)).for('no key update');
    if (!held) return false;
    for (const { id, vector } of told) await db.update(chunks).set({ vector, vectorModel: model }).where(and(eq(chunks.tenantId, tenantId), eq(chunks.id, id))); // prettier-ignore
    const mine = and(eq(chunks.tenantId, tenantId), eq(chunks.documentId, documentId));
    const [all, meant] = [await db.$count(chunks, mine), await db.$count(chunks, and(mine, eq(chunks.vectorModel, model)))];
    const progress = Math.min(99, CUT + Math.floor(((100 - CUT) * meant) / Math.max(1, all)));
    await db.update(documents).set({ passagesMeant: meant, progress }).where(sameReading(wanted, open));
    return true;
  });
} // prettier-ignore

/** Has the tenant's embedding model tell what the passages mean, batch by batch; each is kept before the next is paid for. */
export async function tellPassages(deps: ReadDeps, wanted: Wanted, open: Open, signal: AbortSignal): Promise<void> {
  const ai = deps.recall.ai();
  if (!ai || open.collection.confidential) return;
  const { tenantId } = wanted;
  const read = <T>(work: (db: Database) => Promise<T>): Promise<T> => deps.databases.tenant({ tenantId, readOnly: true }, work);
  const model = await read((db) => embeddingModel(ai, db, tenantId));
  if (model === undefined) return;
  for (;;) {
    const passages = await read((db) => next(db, wanted, model));
    if (passages.length === 0) return;
    const vectors = await directionsOf(ai, { tenantId, actor: deps.actor(tenantId) }, model, passages.map(({ text }) => text), signal); // prettier-ignore
    const going = await keep(deps, wanted, open, model, passages.map(({ id }, at) => ({ id, vector: vectors[at]! }))); // prettier-ignore
    if (!going) return;
  }
}

/** Documents that one look of the clock has told. */
const AT_ONCE = 20;

/** Has some of those told, whichever they are, so that none that fails stands before the others: those that the present model has not told wholly, after a fault, a spent budget, or a change of the model. */
export async function askForMeanings({ db, tenantId, provider }: WorkContext): Promise<void> {
  const recall = provider(Recall);
  const model = await embeddingModel(recall.ai(), db, tenantId);
  if (model === undefined) return;
  const open = db.select({ id: collections.id }).from(collections).where(and(eq(collections.tenantId, tenantId), eq(collections.id, documents.collectionId), eq(collections.confidential, false))); // prettier-ignore
  const lacking = db.select({ id: chunks.id }).from(chunks).where(and(eq(chunks.tenantId, tenantId), eq(chunks.documentId, documents.id), untold(model))); // prettier-ignore
  const wanted = and(eq(documents.tenantId, tenantId), eq(documents.state, 'ready'), exists(open), exists(lacking));
  for (const { id } of await db.select({ id: documents.id }).from(documents).where(wanted).orderBy(sql`random()`).limit(AT_ONCE)) await recall.enqueue(db, { tenantId, documentId: id }); // prettier-ignore
  recall.wake();
}
