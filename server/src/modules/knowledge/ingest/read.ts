import { gunzipSync } from 'node:zlib';
import type { Database } from '#kernel/database.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { textOf } from '../rules.ts';
import { chunks, collections, documents } from '../tables.ts';
import { passagesOf, type Piece } from './chunk.ts';
import { sectionsOf } from './extract.ts';
import { CUT, sameReading, withId, type Open, type ReadDeps, type Wanted } from './reading.ts';
import { tellPassages } from './tell.ts';

/** Of a document; more would crowd everything else out of its collection. */
const MOST_PASSAGES = 5_000;
/** Of a collection: as many as a search by meaning compares. */
const MOST_IN_COLLECTION = 20_000;
const BATCH = 250;
async function begin({ databases }: ReadDeps, wanted: Wanted): Promise<Open | undefined> {
  return databases.tenant({ tenantId: wanted.tenantId, operation: 'documents.ingest' }, async (db) => {
    const [document] = await db.update(documents).set({ state: sql`case when ${documents.state} = 'waiting' then 'running' else ${documents.state} end` }).where(withId(wanted)).returning(); // prettier-ignore
    const [collection] = document ? await db.select().from(collections).where(and(eq(collections.tenantId, wanted.tenantId), eq(collections.id, document.collectionId))) : []; // prettier-ignore
    return document && collection ? { document, collection } : undefined;
  });
}

function piecesOf({ document, collection }: Open): { pieces: Piece[]; characters: number } {
  const text = textOf(gunzipSync(document.original));
  const pieces = passagesOf(sectionsOf(document.mediaType, text), collection.passageSize, collection.passageOverlap);
  if (pieces.length === 0) throw new Problem('document-unreadable', 'There is no text in the document.');
  if (pieces.length > MOST_PASSAGES) throw new Problem('collection-full', `The document comes to ${pieces.length} passages; ${MOST_PASSAGES} is the most. Cut it into several documents, or make passages larger.`); // prettier-ignore
  return { pieces, characters: text.length };
}

async function requireRoom(db: Database, { tenantId, documentId }: Wanted, { collection }: Open, more: number): Promise<void> {
  const others = and(eq(chunks.tenantId, tenantId), eq(chunks.collectionId, collection.id), sql`${chunks.documentId} <> ${documentId}`);
  const used = await db.$count(chunks, others);
  if (used + more > MOST_IN_COLLECTION) throw new Problem('collection-full', `The collection "${collection.name}" holds ${used} passages and would hold ${used + more}; ${MOST_IN_COLLECTION} is the most.`); // prettier-ignore
}

/** The passages in the place of those that were there, in one transaction: a search finds either all of the one or of the other. */
async function store({ databases, now }: ReadDeps, wanted: Wanted, open: Open, pieces: readonly Piece[], characters: number): Promise<boolean> {
  const { tenantId, documentId } = wanted;
  const { language } = open.collection;
  return databases.tenant({ tenantId, operation: 'documents.ingest' }, async (db) => {
    const done = { progress: CUT, characters, passages: pieces.length, passagesMeant: 0, updatedAt: now() };
    const [mine] = await db.update(documents).set(done).where(sameReading(wanted, open)).returning({ id: documents.id });
    if (!mine) return false;
    await requireRoom(db, wanted, open, pieces.length);
    await db.delete(chunks).where(and(eq(chunks.tenantId, tenantId), eq(chunks.documentId, documentId)));
    for (let from = 0; from < pieces.length; from += BATCH) {
      const rows = pieces.slice(from, from + BATCH).map(({ heading, content }, at) => ({
        tenantId, id: newId(), collectionId: open.collection.id, documentId, number: from + at + 1, heading, content,
        search: sql`setweight(to_tsvector(${language}::regconfig, ${`${open.document.title} ${heading ?? ''}`}), 'A') || setweight(to_tsvector(${language}::regconfig, ${content}), 'B')`,
      })); // prettier-ignore
      await db.insert(chunks).values(rows as never);
    }
    return true;
  });
}

async function end({ databases, now, announced }: ReadDeps, wanted: Wanted, open: Open, problem: string | null, failed: boolean): Promise<void> {
  const { tenantId, documentId } = wanted;
  const state = failed ? ('failed' as const) : ('ready' as const);
  await databases.tenant({ tenantId, operation: 'documents.ingest' }, async (db) => {
    const set = { state, problem, updatedAt: now(), ...(failed ? {} : { progress: 100 }) };
    const [mine] = await db.update(documents).set(set).where(sameReading(wanted, open)).returning({ id: documents.id });
    if (!mine || open.document.state === 'ready') return;
    await appendEvents(db, tenantId, [{ type: `document.${state}`, data: { documentId, collectionId: open.collection.id } }], null);
  });
  announced(tenantId);
}

/** Tries of the queue; then what could not be told is left to the clock. */
const TRIES = 3;

/** Reads one document: cuts it into passages, and has a model tell what they mean. Begins again where it was cut off. */
export async function readDocument(deps: ReadDeps, wanted: Wanted, { attempt, signal }: { attempt: number; signal: AbortSignal }): Promise<void> {
  const open = await begin(deps, wanted);
  if (!open || open.document.state === 'failed') return;
  try {
    if (open.document.progress < CUT) {
      const { pieces, characters } = piecesOf(open);
      signal.throwIfAborted();
      if (!(await store(deps, wanted, open, pieces, characters))) return;
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    await end(deps, wanted, open, error.message, true);
    return;
  }
  try {
    await tellPassages(deps, wanted, open, signal);
    await end(deps, wanted, open, null, false);
  } catch (error) {
    if (!(error instanceof Problem) || (attempt < TRIES && error.kind.status >= 500)) throw error;
    await end(deps, wanted, open, `It is found by its words, and not by its meaning: ${error.message}`, false);
  }
}
