import { and, eq, sql } from '#kernel/drizzle.ts';
import { documents, type DocumentRow } from '../tables.ts';
import { SHOWN } from '../view.ts';
import type { Reading } from './add.ts';

const waiting = (at: Date) => ({ state: 'waiting' as const, progress: 0, problem: null, reading: sql`${documents.reading} + 1`, updatedAt: at });

/** Has a document read again; an older reading that is under way gives way. */
export async function readAnew({ db, tenantId, recall }: Reading, id: string, at: Date): Promise<DocumentRow> {
  const [row] = await db.update(documents).set(waiting(at)).where(and(eq(documents.tenantId, tenantId), eq(documents.id, id))).returning(SHOWN); // prettier-ignore
  await recall.enqueue(db, { tenantId, documentId: id });
  return row!;
}

/** Has every document of a collection read again, those too that the caller may not see. */
export async function readAllAnew({ db, tenantId, recall }: Reading, collectionId: string, at: Date): Promise<void> {
  const within = and(eq(documents.tenantId, tenantId), eq(documents.collectionId, collectionId));
  const rows = await db.update(documents).set(waiting(at)).where(within).returning({ id: documents.id });
  for (const { id } of rows) await recall.enqueue(db, { tenantId, documentId: id });
}
