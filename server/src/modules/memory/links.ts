import { and, asc, eq, gt, inArray, isNull, or } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { Seer } from '#kernel/recall/labels.ts';
import { seenBy, type Place } from './find.ts';
import { linkTarget } from './rules.ts';
import { memories, memoryLinks, type MemoryRow } from './tables.ts';

export interface LinkWish {
  to: string;
  relation: string;
}

/** Links that one memory may have. */
const MOST_LINKS = 200;

/** Memories of the space by their keys. Throws `memory-link-not-found` where one is missing or kept for others. */
async function idsOf({ db, tenantId }: Place, space: string, keys: readonly string[], by: Seer, at: Date): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const wanted = and(seenBy(tenantId, by, at), eq(memories.space, space), inArray(memories.key, [...keys]));
  const found = new Map(
    (await db.select({ id: memories.id, key: memories.key }).from(memories).where(wanted).orderBy(asc(memories.updatedAt), asc(memories.id))).map(
      ({ id, key }) => [key, id],
    ),
  );
  const missing = keys.find((key) => !found.has(key));
  if (missing !== undefined) throw new Problem('memory-link-not-found', `There is no memory "${missing.slice(0, 200)}" in the space ${space} to link to.`); // prettier-ignore
  return found;
}

/** Adds links; those that are there stay. */
export async function addLinks(place: Place, { id, space }: Pick<MemoryRow, 'id' | 'space'>, wishes: readonly LinkWish[], by: Seer, at: Date) {
  const targets = wishes.map(({ to, relation }) => ({ relation, ...linkTarget(to) }));
  const ids = await idsOf(place, space, targets.filter(({ toType }) => toType === 'memory').map(({ toId }) => toId), by, at); // prettier-ignore
  const { db, tenantId } = place;
  const values = targets.map(({ relation, toType, toId }) => ({ tenantId, id: newId(), memoryId: id, relation, toType, toId: toType === 'memory' ? ids.get(toId)! : toId, createdAt: at, updatedAt: at })); // prettier-ignore
  if (values.length > 0) await db.insert(memoryLinks).values(values).onConflictDoNothing();
  const used = await db.$count(memoryLinks, and(eq(memoryLinks.tenantId, tenantId), eq(memoryLinks.memoryId, id)));
  if (used > MOST_LINKS) throw new Problem('memory-full', `A memory has ${MOST_LINKS} links at most.`);
}

/** What a store says of links, and of the memory that it takes the place of. */
export async function linkAll(place: Place, row: MemoryRow, storing: { space: string; links?: readonly LinkWish[] | undefined; replacesKey?: string | undefined; by: Seer; at: Date }): Promise<void> {
  const { space, links = [], replacesKey, by, at } = storing;
  await addLinks(place, row, links, by, at);
  if (replacesKey === undefined || replacesKey === row.key) return;
  const { db, tenantId } = place;
  const still = or(isNull(memories.expiresAt), gt(memories.expiresAt, at));
  const id = (await idsOf(place, space, [replacesKey], by, at)).get(replacesKey)!;
  await db.update(memories).set({ expiresAt: at, updatedAt: at }).where(and(eq(memories.tenantId, tenantId), eq(memories.id, id), still));
} // prettier-ignore
