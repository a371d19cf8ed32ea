import type { Database } from '#kernel/database.ts';
import { and, asc, desc, eq, gte, lt, lte, sql } from '#kernel/drizzle.ts';
import { idAt } from '#kernel/ids.ts';
import { segments, unsealed } from '../tables.ts';
import { follow, idBytes, unpack } from './links.ts';

/** Where an entry stands in its tenant's chain. */
export interface Place {
  seq: number;
  /** Hex. */
  prevHash: string;
  hash: string;
  sealedAt: string;
}

/** The link of one entry; null until it is sealed, which takes about a second. */
export async function placeOf(db: Database, tenantId: string, id: string): Promise<Place | null> {
  const around = and(eq(segments.tenantId, tenantId), gte(segments.maxId, id), lte(segments.minId, id), sql`position(${idBytes(id)}::bytea in ${segments.ids}) > 0`); // prettier-ignore
  const [segment] = await db.select().from(segments).where(around).orderBy(asc(segments.maxId)).limit(1);
  let prevHash = segment?.prevHash;
  for (const link of (segment && unpack(segment)) ?? []) {
    const hash = follow(prevHash!, link);
    if (link.id === id) return { seq: link.seq, prevHash: prevHash!.toString('hex'), hash: hash.toString('hex'), sealedAt: segment!.sealedAt.toISOString() }; // prettier-ignore
    prevHash = hash;
  }
  return null;
}

/** First and last link that a time range touches; whole segments, so it may be some more. */
export async function linksWithin(db: Database, tenantId: string, from?: Date, to?: Date): Promise<{ from: number; to: number }> {
  const mine = eq(segments.tenantId, tenantId);
  const columns = { firstSeq: segments.firstSeq, count: segments.count };
  const [first] = from ? await db.select(columns).from(segments).where(and(mine, gte(segments.maxId, idAt(from)))).orderBy(asc(segments.maxId)).limit(1) : []; // prettier-ignore
  const before = and(mine, to ? lt(segments.minId, idAt(to)) : undefined);
  const [last] = await db.select(columns).from(segments).where(before).orderBy(desc(segments.firstSeq)).limit(1);
  const end = last ? last.firstSeq + last.count - 1 : 0;
  return { from: from ? (first?.firstSeq ?? end + 1) : 1, to: end };
}

/** Entries that are not in the chain yet. */
export async function waitingIn(db: Database, tenantId: string): Promise<number> {
  const { rows } = await db.execute<{ n: string }>(
    sql`select count(*) as n from (select from ${unsealed} where tenant_id = ${tenantId} limit 10000) w`,
  );
  return Number(rows[0]!.n);
}
