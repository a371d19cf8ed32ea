import type { ReadContext } from '#kernel/context.ts';
import { isUuid, type Database } from '#kernel/database.ts';
import { and, eq, gt, inArray, isNull, like, not, or, type SQL } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { withinReach } from '#kernel/scope.ts';
import { heldBy, seerOf, type Seer } from '#kernel/recall/labels.ts';
import { isForeign, spaceOf } from './rules.ts';
import { memories, memoryLinks, type MemoryLinkRow, type MemoryRow } from './tables.ts';
import { SHOWN } from './view.ts';

export interface Place {
  db: Database;
  tenantId: string;
}

type Asking = Pick<ReadContext, 'actor' | 'db' | 'tenantId' | 'provider' | 'now' | 'reach' | 'once'>;

/** Memories that somebody may see and that have not expired; what others keep for themselves is nobody's, whatever labels are held. */
export const seenBy = (tenantId: string, seer: Seer, at: Date): SQL | undefined =>
  and(
    eq(memories.tenantId, tenantId),
    or(isNull(memories.expiresAt), gt(memories.expiresAt, at)),
    or(eq(memories.space, `user:${seer.id}`), not(like(memories.space, 'user:%'))),
    heldBy(seer, memories.accessLabels, memories.createdBy),
  );

/** Those of a call's actor that its grants reach. */
export const visible = async (ctx: Asking): Promise<SQL | undefined> =>
  and(seenBy(ctx.tenantId, await seerOf(ctx), ctx.now()), withinReach(ctx.reach, { type: 'memory', id: memories.id }));

export const memoryTarget = ({ id, key }: Pick<MemoryRow, 'id' | 'key'>): Target => ({ type: 'memory', id, name: key });
/** All memories of a space: whoever reaches some by their ids alone does not reach it. */
export const spaceTarget = (space: string): Target => ({ type: 'memory', id: '*', name: space });

/** Throws `memory-space-denied` for what somebody else keeps for themselves. */
export function ownSpace(space: string, personId: string): string {
  const resolved = spaceOf(space, personId);
  if (isForeign(resolved, personId)) throw new Problem('memory-space-denied', 'That space is what another user keeps for themselves. Use `user` for your own.'); // prettier-ignore
  return resolved;
}

/** Throws `memory-not-found`, also for what is kept for others. Scope is the Gate's, by `memoryTarget`. */
export async function findMemory(ctx: Omit<Asking, 'reach'>, id: string, lock = false): Promise<MemoryRow> {
  const wanted = and(seenBy(ctx.tenantId, await seerOf(ctx), ctx.now()), eq(memories.id, id));
  const query = ctx.db.select(SHOWN).from(memories).where(wanted);
  const [row] = isUuid(id) ? await (lock ? query.for('no key update') : query) : [];
  if (!row) throw new Problem('memory-not-found', `There is no memory ${id.slice(0, 64)} here that you may see.`);
  return row;
}

export interface LinkSeen extends MemoryLinkRow {
  /** Of the memory at the other end, where it may be seen. */
  key: string | null;
}
/** Links of a memory; those to memories that may not be seen, or are not reached, are left out. */
export async function linksOf(ctx: Asking, memoryId: string): Promise<LinkSeen[]> {
  const rows = await ctx.db.select().from(memoryLinks).where(and(eq(memoryLinks.tenantId, ctx.tenantId), eq(memoryLinks.memoryId, memoryId))).orderBy(memoryLinks.id); // prettier-ignore
  const ids = rows.filter(({ toType }) => toType === 'memory').map(({ toId }) => toId);
  const seen = ids.length === 0 ? [] : await ctx.db.select({ id: memories.id, key: memories.key }).from(memories).where(and(await visible(ctx), inArray(memories.id, ids))); // prettier-ignore
  const keys = new Map(seen.map(({ id, key }) => [id, key]));
  return rows.filter(({ toType, toId }) => toType !== 'memory' || keys.has(toId)).map((row) => ({ ...row, key: keys.get(row.toId) ?? null }));
}

export const linkView = ({ id, relation, toType, toId, key }: LinkSeen) => ({ id, relation, toType, toId, key });
