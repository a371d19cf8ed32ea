import { and, desc, eq, isNotNull, lte, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { metadataFits, MOST_METADATA } from '#kernel/recall/fields.ts';
import { heldBy, type Seer } from '#kernel/recall/labels.ts';
import type { Recall } from '#kernel/recall/port.ts';
import { linkAll, type LinkWish } from './links.ts';
import { closed, keptOf, opened, wordsOf } from './write.ts';
import type { Place } from './find.ts';
import { conflictOf, excessOf, meaningOf, mergedOf, type Kept, type Wish } from './rules.ts';
import { MOST_CONTENT, type MergeStrategy, type Provenance } from './schemas.ts';
import { memories, memoryLinks, memoryVersions, type MemoryRow } from './tables.ts';
import { SHOWN } from './view.ts';

/** Of a tenant. */
const MOST_MEMORIES = 50_000;

/** What a text means, as a model told before the transaction began. */
export interface Meaning {
  of: string;
  vector: Buffer;
  model: string;
}

export interface Storing {
  /** Resolved: `user:<id>` and not `user`. */
  space: string;
  key: string;
  wish: Wish;
  strategy: MergeStrategy;
  versionNote?: string | undefined;
  links?: readonly LinkWish[] | undefined;
  /** Key of a memory of the space that this one takes the place of: it is no longer found. */
  replacesKey?: string | undefined;
  provenance: Provenance;
  by: Seer & { name: string };
  meaning?: Meaning | undefined;
  at: Date;
}

type Keeping = Place & { recall: Pick<Recall, 'sealer' | 'enqueue'> };

export const withId = ({ tenantId }: Pick<Place, 'tenantId'>, id: string) => and(eq(memories.tenantId, tenantId), eq(memories.id, id));

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((label) => b.includes(label));

/**
 * The row of a key that somebody sees, under a lock that also those wait for who find none. What has expired is gone. What is kept for
 * others under the same key is another memory, of which nobody learns by taking its key.
 */
async function rowOf({ db, tenantId }: Place, { space, key, at, by, wish }: Storing): Promise<MemoryRow | undefined> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`memory ${tenantId} ${space} ${key}`}, 0))`);
  const here = and(eq(memories.tenantId, tenantId), eq(memories.space, space), eq(memories.key, key));
  await db.delete(memories).where(and(here, isNotNull(memories.expiresAt), lte(memories.expiresAt, at)));
  const rows = await db.select(SHOWN).from(memories).where(and(here, heldBy(by, memories.accessLabels, memories.createdBy))).orderBy(desc(memories.updatedAt), desc(memories.id)).for('update');
  return rows.find(({ accessLabels }) => isSame(accessLabels, wish.accessLabels ?? [])) ?? rows[0];
} // prettier-ignore

function requireMergeable(row: MemoryRow | undefined, { wish, strategy, key }: Storing): void {
  const why = conflictOf(row, wish, strategy);
  if (why !== null)
    throw new Problem('memory-conflict', `"${key}" cannot be merged: ${why}.`, { errors: [{ pointer: '/sensitivity', message: why }] });
}

function requireFit(next: Kept): void {
  if (!metadataFits(next.metadata)) throw new Problem('memory-full', `The metadata of a memory has ${MOST_METADATA} characters at most, as JSON.`);
  const excess = excessOf(next);
  if (excess > 0) throw new Problem('memory-full', `The memory would have ${excess} characters more than the ${MOST_CONTENT} that one may have. Store it under another key, or replace it.`); // prettier-ignore
}

/** Former versions that are kept of one memory: the last ones. */
const MOST_VERSIONS = 100;

async function keepFormer(place: Keeping, row: MemoryRow, before: Kept, { versionNote, at }: Storing): Promise<void> {
  const id = newId();
  const { title, createdBy, createdByName } = row;
  const columns = await closed(place.recall.sealer, place, 'memory_versions', id, row.sealed !== null, before);
  await place.db.insert(memoryVersions).values({
    tenantId: place.tenantId, id, memoryId: row.id, number: row.version, title, ...columns, note: versionNote ?? null, createdBy, createdByName, createdAt: row.updatedAt, updatedAt: at,
  }); // prettier-ignore
  const mine = and(eq(memoryVersions.tenantId, place.tenantId), eq(memoryVersions.memoryId, row.id));
  const [oldest] = await place.db.select({ number: memoryVersions.number }).from(memoryVersions).where(mine).orderBy(desc(memoryVersions.number)).offset(MOST_VERSIONS).limit(1); // prettier-ignore
  if (oldest) await place.db.delete(memoryVersions).where(and(mine, lte(memoryVersions.number, oldest.number)));
}

async function forgetFormer({ db, tenantId }: Place, memoryId: string): Promise<void> {
  await db.delete(memoryVersions).where(and(eq(memoryVersions.tenantId, tenantId), eq(memoryVersions.memoryId, memoryId)));
  await db.delete(memoryLinks).where(and(eq(memoryLinks.tenantId, tenantId), eq(memoryLinks.memoryId, memoryId)));
}

/** The vector of what is kept now, where it is known; asks for it where it is not. */
async function meant(place: Keeping, id: string, next: Kept, meaning: Meaning | undefined) {
  const text = meaningOf(next);
  if (text !== undefined && meaning?.of === text) return { vector: meaning.vector, vectorModel: meaning.model };
  if (text !== undefined) await place.recall.enqueue(place.db, { tenantId: place.tenantId, memoryId: id });
  return { vector: null, vectorModel: null };
}

/** Writes a memory anew, with everything that follows from its content. */
export async function rewrite(place: Keeping, row: MemoryRow, next: Kept, more: { at: Date; meaning?: Meaning | undefined; provenance?: Provenance }): Promise<MemoryRow> {
  requireFit(next);
  const columns = await closed(place.recall.sealer, place, 'memories', row.id, next.sensitivity === 'secret', next);
  const { content: _content, summary: _summary, metadata: _metadata, ...rest } = next;
  const found = { search: wordsOf(row.key, next), ...(await meant(place, row.id, next, more.meaning)) };
  const set = { ...rest, ...columns, ...found, version: row.version + 1, updatedAt: more.at, ...(more.provenance ? { provenance: more.provenance } : {}) };
  return (await place.db.update(memories).set(set).where(withId(place, row.id)).returning(SHOWN))[0]!;
} // prettier-ignore

async function insert(place: Keeping, next: Kept, { space, key, provenance, by, meaning, at }: Storing): Promise<MemoryRow> {
  requireFit(next);
  const { db, tenantId, recall } = place;
  if ((await db.$count(memories, eq(memories.tenantId, tenantId))) >= MOST_MEMORIES) throw new Problem('memory-full', `There are ${MOST_MEMORIES} memories, and no more are kept.`); // prettier-ignore
  const id = newId();
  const columns = await closed(recall.sealer, place, 'memories', id, next.sensitivity === 'secret', next);
  const found = { search: wordsOf(key, next), ...(await meant(place, id, next, meaning)) };
  const values = { tenantId, id, space, key, ...next, ...columns, ...found, provenance, createdBy: by.id, createdByName: by.name, createdAt: at, updatedAt: at };
  return (await db.insert(memories).values(values).returning(SHOWN))[0]!;
} // prettier-ignore

/** Keeps something, in the caller's transaction. Throws `memory-conflict`, `memory-full` or `memory-link-not-found`. */
export async function storeMemory(place: Keeping, storing: Storing): Promise<{ row: MemoryRow; created: boolean }> {
  const { wish, strategy, at, provenance, meaning } = storing;
  const row = await rowOf(place, storing);
  requireMergeable(row, storing);
  const before = row && keptOf(row, await opened(place.recall.sealer, place, 'memories', row));
  const next = mergedOf(before, wish, strategy, at);
  if (row && before && strategy === 'version') await keepFormer(place, row, before, storing);
  if (row && strategy === 'replace') await forgetFormer(place, row.id);
  const kept = row ? await rewrite(place, row, next, { at, provenance, meaning }) : await insert(place, next, storing);
  await linkAll(place, kept, storing);
  return { row: kept, created: row === undefined };
}
