import type { Afterwards, Context, ReadContext } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { and, asc, eq, exists, gt, inArray, sql, type SQL } from '#kernel/drizzle.ts';
import type { Metadata, SearchType } from '#kernel/recall/fields.ts';
import { fuse, type Fused, only } from '#kernel/recall/fuse.ts';
import { type Seer, seerOf } from '#kernel/recall/labels.ts';
import { findMeaning, type Sense, senseOf } from '#kernel/recall/meaning.ts';
import { Recall } from '#kernel/recall/port.ts';
import { findWords } from '#kernel/recall/words.ts';
import { documentsSeen, findCollection } from './find.ts';
import type { Passage } from './schemas.ts';
import { chunks, documents, type CollectionRow } from './tables.ts';

interface Asked {
  collection: string;
  query: string;
  mode: SearchType;
  topK: number;
  scoreThreshold: number;
  filters?: Metadata | undefined;
  includeMetadata: boolean;
}
interface Answer {
  passages: Passage[];
  count: number;
  semantic: boolean;
}
interface Asker {
  db: Database;
  tenantId: string;
  seer: Seer;
  collection: CollectionRow;
}

/** Of each way, before both are joined. */
const CANDIDATES = 100;

/** Passages of documents that may be seen and are as the filters say; the collection was found as one that may be seen. */
function wantedOf({ db, tenantId, seer, collection }: Asker, { filters }: Asked): SQL | undefined {
  const narrowed = filters === undefined || Object.keys(filters).length === 0 ? undefined : sql`${documents.metadata} @> ${JSON.stringify(filters)}::jsonb`; // prettier-ignore
  const around = db.select({ id: documents.id }).from(documents).where(and(documentsSeen(tenantId, seer), eq(documents.id, chunks.documentId), narrowed)); // prettier-ignore
  return and(eq(chunks.tenantId, tenantId), eq(chunks.collectionId, collection.id), exists(around));
}

const wordsLeg = (asker: Asker, asked: Asked) =>
  findWords(asker.db, { table: chunks, id: chunks.id, search: chunks.search, where: wantedOf(asker, asked), query: asked.query, language: asker.collection.language, limit: CANDIDATES, threshold: asked.scoreThreshold }); // prettier-ignore

const meaningLeg = (asker: Asker, asked: Asked, sense: Sense) =>
  findMeaning(sense, { limit: CANDIDATES, threshold: asked.scoreThreshold }, (after, size) =>
    asker.db
      .select({ id: chunks.id, vector: chunks.vector })
      .from(chunks)
      .where(and(wantedOf(asker, asked), eq(chunks.vectorModel, sense.model), after === undefined ? undefined : gt(chunks.id, after)))
      .orderBy(asc(chunks.id))
      .limit(size),
  );

async function answerOf({ db, tenantId }: Asker, found: readonly Fused[], { topK, includeMetadata }: Asked, semantic: boolean): Promise<Answer> {
  const best = found.slice(0, topK);
  const { id, number, heading, content } = chunks;
  const rows = best.length === 0 ? [] : await db.select({ id, number, heading, content, documentId: documents.id, title: documents.title, source: documents.source, metadata: documents.metadata }).from(chunks).innerJoin(documents, and(eq(documents.tenantId, chunks.tenantId), eq(documents.id, chunks.documentId))).where(and(eq(chunks.tenantId, tenantId), inArray(chunks.id, best.map((one) => one.id)))); // prettier-ignore
  const byId = new Map(rows.map((row) => [row.id, row]));
  const passages = best.flatMap(({ id: which, ...scores }): Passage[] => {
    const row = byId.get(which);
    if (!row) return [];
    const { documentId, title, source, metadata } = row;
    return [{ text: row.content, heading: row.heading, ...scores, document: { id: documentId, title }, chunk: row.number, source, ...(includeMetadata ? { metadata } : {}) }]; // prettier-ignore
  });
  return { passages, count: passages.length, semantic };
}

/** Within the call's transaction: what is found by words. */
export async function byWords(ctx: Context, asked: Asked): Promise<Answer> {
  const asker = { db: ctx.db, tenantId: ctx.tenantId, seer: await seerOf(ctx), collection: await findCollection(ctx, asked.collection) };
  return answerOf(asker, only('keyword', asked.mode === 'semantic' ? [] : await wordsLeg(asker, asked)), asked, false);
}

/** Afterwards: what is found by meaning, joined with the words. */
export async function withMeaning(after: Afterwards, asked: Asked, sofar: Answer): Promise<Answer> {
  const { mode } = asked;
  const sense = mode === 'keyword' ? undefined : await senseOf(after, asked.query, mode === 'semantic');
  if (!sense) return sofar;
  const { actor, tenantId, provider } = after;
  return after.read(async (db) => {
    const once: ReadContext['once'] = (_key, load) => load();
    const seer: Seer = { id: actor.id, labels: await provider(Recall).labelsOf(db, actor) };
    const asker = { db, tenantId, seer, collection: await findCollection({ actor, db, tenantId, provider, once }, asked.collection) };
    const alike = await meaningLeg(asker, asked, sense);
    return answerOf(asker, mode === 'semantic' ? only('semantic', alike) : fuse(await wordsLeg(asker, asked), alike), asked, true);
  });
}
