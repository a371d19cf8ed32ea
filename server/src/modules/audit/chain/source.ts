import type { Database } from '#kernel/database.ts';
import { and, asc, eq, gt, gte, inArray, lt, lte, notInArray, sql } from '#kernel/drizzle.ts';
import { anchors, auditEntries, purges, segments, unsealed } from '../tables.ts';
import { idBytes, type Packed } from './links.ts';
import { recordOf, type EntryRecord } from './record.ts';
import type { Source } from './verify.ts';

/** The least and the greatest of ids as bounds, so that the database opens only the partitions that can hold them. */
const boundsOf = (ids: readonly string[]): [string, string] => {
  const sorted = ids.toSorted();
  return [sorted[0]!, sorted.at(-1)!];
};

/** Segments from the one with link `from` in it, in order, up to about `entries` links. */
async function segmentsFrom(db: Database, tenantId: string, from: number, entries: number): Promise<Packed[]> {
  const { rows } = await db.execute<{ first: string }>(
    sql`select first_seq as first from ${segments} where tenant_id = ${tenantId} and first_seq <= ${from} order by first_seq desc limit 1`,
  );
  const first = Number(rows[0]?.first ?? from);
  const found: Packed[] = [];
  let links = 0;
  const wanted = and(eq(segments.tenantId, tenantId), gte(segments.firstSeq, first));
  for (const segment of await db.select().from(segments).where(wanted).orderBy(asc(segments.firstSeq)).limit(500)) {
    // Where the links before were let go, the walk begins at what is there; where `from` lies beyond the end, at nothing.
    if (segment.firstSeq + segment.count <= from) continue;
    found.push(segment);
    links += segment.count;
    if (links >= entries) break;
  }
  return found;
}

/** Is there a link for the entry? Sealed late, it may stand in a segment after those of its time. */
async function isLinked(db: Database, tenantId: string, id: string): Promise<boolean> {
  const around = and(eq(segments.tenantId, tenantId), gte(segments.maxId, id), lte(segments.minId, id));
  const rows = await db.select({ id: segments.id }).from(segments).where(and(around, sql`position(${idBytes(id)}::bytea in ${segments.ids}) > 0`)).limit(1); // prettier-ignore
  return rows.length > 0;
}

/** Entries beside a stretch of the chain that are looked up at a time. */
const STRAYS = 500;

/** The chain of a tenant as the database has it. */
export const chainIn = (db: Database, tenantId: string): Source => ({
  tenantId,
  segments: (from, entries) => segmentsFrom(db, tenantId, from, entries),
  async before(firstSeq) {
    const ends = and(eq(segments.tenantId, tenantId), lt(segments.firstSeq, firstSeq), sql`${segments.firstSeq} + ${segments.count} = ${firstSeq}`);
    return (await db.select({ hash: segments.hash, maxId: segments.maxId }).from(segments).where(ends).limit(1))[0];
  },
  async entries(ids) {
    const [least, most] = boundsOf(ids);
    const { id } = auditEntries;
    const mine = and(eq(auditEntries.tenantId, tenantId), gte(id, least), lte(id, most), inArray(id, [...ids]));
    const rows = await db.select().from(auditEntries).where(mine);
    return new Map(rows.map((row): [string, EntryRecord] => [row.id, recordOf(row)]));
  },
  async strays(after, through, known) {
    const { id } = auditEntries;
    const beside = (from: string | null) =>
      db
        .select({ id })
        .from(auditEntries)
        .where(and(
          eq(auditEntries.tenantId, tenantId),
          from === null ? undefined : gt(id, from),
          through === null ? undefined : lte(id, through),
          known.length === 0 ? undefined : notInArray(id, [...known]),
          sql`not exists (select from ${unsealed} u where u.tenant_id = ${auditEntries.tenantId} and u.id = ${id})`,
        ))
        .orderBy(asc(id))
        .limit(STRAYS); // prettier-ignore
    for (let page = await beside(after); ; page = await beside(page.at(-1)!.id)) {
      // Meanwhile the sealer may have gone on: what waited a moment ago has its link now.
      for (const { id: stray } of page) if (!(await isLinked(db, tenantId, stray))) return [stray];
      if (page.length < STRAYS) return [];
    }
  },
  anchors: (from, to) =>
    db
      .select()
      .from(anchors)
      .where(and(eq(anchors.tenantId, tenantId), gte(anchors.seq, from), lte(anchors.seq, to)))
      .orderBy(asc(anchors.seq))
      .limit(10_000),
  purges: () => db.select().from(purges).where(eq(purges.tenantId, tenantId)).orderBy(asc(purges.id)),
});
