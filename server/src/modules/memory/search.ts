import type { z } from 'zod';
import type { Afterwards, Context } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { and, arrayContains, asc, eq, gt, gte, inArray, lt, type SQL } from '#kernel/drizzle.ts';
import type { SearchType } from '#kernel/recall/fields.ts';
import { fuse, type Fused, only } from '#kernel/recall/fuse.ts';
import { type Seer, seerOf } from '#kernel/recall/labels.ts';
import { findMeaning, type Sense, senseOf } from '#kernel/recall/meaning.ts';
import { Recall } from '#kernel/recall/port.ts';
import { findWords } from '#kernel/recall/words.ts';
import { ownSpace, seenBy } from './find.ts';
import type { Importance, MemoryHit, MemoryType, Sensitivity } from './schemas.ts';
import { memories } from './tables.ts';
import { memoryView, SHOWN } from './view.ts';
import { LANGUAGE } from './write.ts';

interface Asked {
  query: string;
  space: string;
  searchType: SearchType;
  types?: MemoryType[] | undefined;
  tags?: string[] | undefined;
  sensitivity?: Sensitivity[] | undefined;
  importance?: Importance[] | undefined;
  from?: string | undefined;
  to?: string | undefined;
  limit: number;
  threshold: number;
  includeMetadata: boolean;
}
interface Answer {
  results: MemoryHit[];
  count: number;
  semantic: boolean;
}
interface Asker {
  db: Database;
  tenantId: string;
  seer: Seer;
  now: Date;
}

/** Of each way, before both are joined. */
const CANDIDATES = 100;

const oneOf = (column: Parameters<typeof inArray>[0], wanted: readonly string[] | undefined): SQL | undefined =>
  wanted === undefined || wanted.length === 0 ? undefined : inArray(column, [...wanted]);

const wantedOf = ({ tenantId, seer, now }: Asker, asked: Asked): SQL | undefined =>
  and(
    seenBy(tenantId, seer, now),
    eq(memories.space, ownSpace(asked.space, seer.id)),
    oneOf(memories.type, asked.types),
    oneOf(memories.sensitivity, asked.sensitivity),
    oneOf(memories.importance, asked.importance),
    asked.tags === undefined || asked.tags.length === 0 ? undefined : arrayContains(memories.tags, asked.tags),
    asked.from === undefined ? undefined : gte(memories.updatedAt, new Date(asked.from)),
    asked.to === undefined ? undefined : lt(memories.updatedAt, new Date(asked.to)),
  );

const wordsLeg = (asker: Asker, asked: Asked) =>
  findWords(asker.db, { table: memories, id: memories.id, search: memories.search, where: wantedOf(asker, asked), query: asked.query, language: LANGUAGE, limit: CANDIDATES, threshold: asked.threshold }); // prettier-ignore

const meaningLeg = (asker: Asker, asked: Asked, sense: Sense) =>
  findMeaning(sense, { limit: CANDIDATES, threshold: asked.threshold }, (after, size) =>
    asker.db
      .select({ id: memories.id, vector: memories.vector })
      .from(memories)
      .where(and(wantedOf(asker, asked), eq(memories.vectorModel, sense.model), after === undefined ? undefined : gt(memories.id, after)))
      .orderBy(asc(memories.id))
      .limit(size),
  );

async function answerOf({ db, tenantId }: Asker, found: readonly Fused[], { limit, includeMetadata }: Asked, semantic: boolean): Promise<Answer> {
  const best = found.slice(0, limit);
  const wanted = and(eq(memories.tenantId, tenantId), inArray(memories.id, best.map(({ id }) => id))); // prettier-ignore
  const rows = best.length === 0 ? [] : await db.select(SHOWN).from(memories).where(wanted);
  const byId = new Map(rows.map((row) => [row.id, memoryView(row)]));
  const results = best.flatMap(({ id, ...scores }): MemoryHit[] => {
    const row = byId.get(id);
    if (!row) return [];
    const { metadata, provenance, ...view } = row;
    return [{ ...view, ...scores, ...(includeMetadata ? { metadata, provenance } : {}) }];
  });
  return { results, count: results.length, semantic };
}

/** Within the call's transaction: what is found by words. */
export async function byWords(ctx: Context, asked: z.output<z.ZodType<Asked>>): Promise<Answer> {
  const asker = { db: ctx.db, tenantId: ctx.tenantId, seer: await seerOf(ctx), now: ctx.now() };
  const found = asked.searchType === 'semantic' ? [] : await wordsLeg(asker, asked);
  return answerOf(asker, only('keyword', found), asked, false);
}

/** Afterwards: what is found by meaning, joined with the words. */
export async function withMeaning(after: Afterwards, asked: Asked, sofar: { results: MemoryHit[]; count: number; semantic: boolean }): Promise<Answer> {
  const { searchType } = asked;
  const sense = searchType === 'keyword' ? undefined : await senseOf(after, asked.query, searchType === 'semantic');
  if (!sense) return sofar;
  return after.read(async (db) => {
    const labels = await after.provider(Recall).labelsOf(db, after.actor);
    const asker = { db, tenantId: after.tenantId, seer: { id: after.actor.id, labels }, now: after.now() };
    const alike = await meaningLeg(asker, asked, sense);
    const found = searchType === 'semantic' ? only('semantic', alike) : fuse(await wordsLeg(asker, asked), alike);
    return answerOf(asker, found, asked, true);
  });
} // prettier-ignore
