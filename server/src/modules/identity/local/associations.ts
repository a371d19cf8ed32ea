import type { Database } from '#kernel/database.ts';
import { and, eq, inArray } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { asnRights } from '../federation/tables.ts';
import { ALL_FABRICS } from './rules.ts';
import { fabricGrants } from './tables.ts';

/** Which networks a local account speaks for, and which fabrics it may ask for. */
export interface Associations {
  asns: number[];
  /** `['*']` for all of them. */
  fabrics: string[];
}

/** Only rows of source `local` are read or written here: what PeeringDB said of a person is replaced by PeeringDB alone. */
const own = (userId: string) => and(eq(asnRights.userId, userId), eq(asnRights.source, 'local'));

export async function addAsns(db: Database, userId: string, asns: readonly number[], at: Date): Promise<void> {
  for (const asn of asns) {
    const live = { state: 'live' as const, verifiedAt: at, updatedAt: at };
    await db
      .insert(asnRights)
      .values({ id: newId(), userId, asn, source: 'local', ...live })
      .onConflictDoUpdate({ target: [asnRights.userId, asnRights.asn, asnRights.source], set: live });
  }
}

export async function removeAsns(db: Database, userId: string, asns: readonly number[], at: Date): Promise<void> {
  if (asns.length === 0) return;
  await db
    .update(asnRights)
    .set({ state: 'revoked', updatedAt: at })
    .where(and(own(userId), inArray(asnRights.asn, [...asns])));
}

type Owner = { tenantId: string; userId: string };
const ofOwner = ({ tenantId, userId }: Owner) => and(eq(fabricGrants.tenantId, tenantId), eq(fabricGrants.userId, userId));
const isGrant = (owner: Owner, fabric: string) =>
  and(ofOwner(owner), fabric === ALL_FABRICS ? eq(fabricGrants.allFabrics, true) : eq(fabricGrants.fabric, fabric));

export async function addFabrics(db: Database, owner: Owner, fabrics: readonly string[], at: Date): Promise<void> {
  for (const fabric of fabrics) {
    const what = fabric === ALL_FABRICS ? { allFabrics: true } : { fabric };
    await db
      .insert(fabricGrants)
      .values({ id: newId(), ...owner, ...what, createdAt: at })
      .onConflictDoNothing();
  }
}

export async function removeFabrics(db: Database, owner: Owner, fabrics: readonly string[]): Promise<void> {
  for (const fabric of fabrics) await db.delete(fabricGrants).where(isGrant(owner, fabric));
}

/** Fabrics that somebody may ask for by name, in order; `['*']` for all of them. */
export async function fabricsOf(db: Database, owner: Owner): Promise<string[]> {
  const granted = await db.select().from(fabricGrants).where(ofOwner(owner)).orderBy(fabricGrants.fabric);
  if (granted.some(({ allFabrics }) => allFabrics)) return [ALL_FABRICS];
  return granted.flatMap(({ fabric }) => fabric ?? []);
}

/** What is in force now, in order. */
export async function associationsOf(db: Database, owner: Owner): Promise<Associations> {
  const rights = await db
    .select({ asn: asnRights.asn })
    .from(asnRights)
    .where(and(own(owner.userId), eq(asnRights.state, 'live')))
    .orderBy(asnRights.asn);
  return { asns: rights.map(({ asn }) => asn), fabrics: await fabricsOf(db, owner) };
}
