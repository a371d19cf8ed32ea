import type { Database } from '#kernel/database.ts';
import { and, eq, inArray, notInArray } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { asnRights } from './tables.ts';
import type { AsnEvidence } from './types.ts';

/** Milliseconds that PeeringDB's word about a network is good for (exchange.md 4.1). */
const RIGHT_GOOD_FOR = 30 * 86_400_000;

export type AsnState = 'live' | 'stale' | 'revoked';
type Row = typeof asnRights.$inferSelect;

/** A right of PeeringDB grows old; one that an operator typed in does not. */
const stateOf = ({ state, source, verifiedAt }: Pick<Row, 'state' | 'source' | 'verifiedAt'>, at: Date): AsnState =>
  state === 'live' && source === 'peeringdb' && at.getTime() - verifiedAt.getTime() > RIGHT_GOOD_FOR ? 'stale' : state;

/** Replaces what PeeringDB said by what it says now; rights of other sources stay. A network that is gone is revoked, not forgotten. */
export async function replaceRights(db: Database, userId: string, { rights }: AsnEvidence, at: Date): Promise<void> {
  const own = and(eq(asnRights.userId, userId), eq(asnRights.source, 'peeringdb'));
  const asns = rights.map(({ asn }) => asn);
  await db
    .update(asnRights)
    .set({ state: 'revoked', updatedAt: at })
    .where(and(own, eq(asnRights.state, 'live'), asns.length === 0 ? undefined : notInArray(asnRights.asn, asns)));
  for (const { asn, netId, netName, perms } of rights) {
    const word = { state: 'live' as const, netId, netName, perms, verifiedAt: at, updatedAt: at };
    await db
      .insert(asnRights)
      .values({ id: newId(), userId, asn, source: 'peeringdb', ...word })
      .onConflictDoUpdate({ target: [asnRights.userId, asnRights.asn, asnRights.source], set: word });
  }
}

export const rightsOfPerson = async (db: Database, userId: string, at: Date): Promise<(Omit<Row, 'state'> & { state: AsnState })[]> =>
  (await db.select().from(asnRights).where(eq(asnRights.userId, userId)).orderBy(asnRights.asn)).map((row) => ({ ...row, state: stateOf(row, at) }));

/** Which of these networks somebody holds a right for; one that has grown old is held still, and one that was revoked is not. */
export async function spokenFor(db: Database, asns: readonly number[]): Promise<ReadonlySet<number>> {
  const rows = await db.selectDistinct({ asn: asnRights.asn }).from(asnRights).where(and(inArray(asnRights.asn, [...asns]), eq(asnRights.state, 'live'))); // prettier-ignore
  return new Set(rows.map(({ asn }) => asn));
}
