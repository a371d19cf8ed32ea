import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Actor } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { Metadata } from '#kernel/recall/fields.ts';
import type { Recall } from '#kernel/recall/port.ts';
import type { Seer } from '#kernel/recall/labels.ts';
import { documentsSeen, type Place } from '../find.ts';
import { textOf, type Uploaded } from '../rules.ts';
import { documents, type CollectionRow, type DocumentRow } from '../tables.ts';
import { SHOWN } from '../view.ts';
import { sectionsOf } from './extract.ts';

/** Of a collection. */
const MOST_DOCUMENTS = 5_000;

export type Reading = Place & { recall: Pick<Recall, 'enqueue'> };

interface Adding extends Uploaded {
  filename: string;
  title?: string | undefined;
  source?: string | undefined;
  metadata: Metadata;
  accessLabels: string[];
}

/** The first heading of a document, or the name of its file. */
function titleOf({ bytes, mediaType, filename }: Adding): string {
  const head = textOf(bytes).slice(0, 20_000);
  const heading = mediaType === 'text/markdown' || mediaType === 'text/html' ? sectionsOf(mediaType, head)[0]?.heading : null;
  return (heading?.split(' › ')[0] ?? filename).trim().slice(0, 200) || filename;
}

/** Stores a document and has it read, in the caller's transaction and under a lock on its collection. */
export async function addDocument({ db, tenantId, recall }: Reading, collection: CollectionRow, adding: Adding, by: Actor & { seer: Seer }, at: Date): Promise<DocumentRow> {
  const within = and(eq(documents.tenantId, tenantId), eq(documents.collectionId, collection.id));
  if ((await db.$count(documents, within)) >= MOST_DOCUMENTS) throw new Problem('collection-full', `The collection "${collection.name}" has ${MOST_DOCUMENTS} documents, and takes no more.`); // prettier-ignore
  const sha256 = createHash('sha256').update(adding.bytes).digest('hex');
  // What is kept for others is not told: whoever has the same text adds it for themselves.
  if ((await db.$count(documents, and(within, documentsSeen(tenantId, by.seer), eq(documents.sha256, sha256)))) > 0) throw new Problem('document-exists', `The collection "${collection.name}" has a document with this very content.`); // prettier-ignore
  const { filename, source = null, mediaType, metadata, accessLabels, bytes } = adding;
  const id = newId();
  const about = { title: adding.title ?? titleOf(adding), filename, source, mediaType, metadata, accessLabels };
  const values = { tenantId, id, collectionId: collection.id, ...about, original: gzipSync(bytes), bytes: bytes.length, sha256, state: 'waiting' as const };
  const [row] = await db.insert(documents).values({ ...values, createdBy: by.id, createdByName: by.name, createdAt: at, updatedAt: at }).returning(SHOWN); // prettier-ignore
  await recall.enqueue(db, { tenantId, documentId: id });
  return row!;
} // prettier-ignore
