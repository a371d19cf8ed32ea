import type { Database } from '#kernel/database.ts';
import { and, asc, eq, isNull } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { isProtected } from './store.ts';
import { policyActivations, policySets, type By, type SetRow } from './tables.ts';

/** Sets of a tenant that are in use, with what of each is in force. */
export const setsInUse = (db: Database, tenantId: string): Promise<SetRow[]> =>
  db
    .select()
    .from(policySets)
    .where(and(eq(policySets.tenantId, tenantId), isNull(policySets.retiredAt)))
    .orderBy(asc(policySets.name));

/**
 * Takes a set out of force without asking any rule: for the operator of an installation whose tenant has written rules that forbid to
 * change them. The baseline goes back to what every tenant begins with. Its versions are kept; activating one takes it into use again.
 * Throws `policy-set-not-found` or `invalid-transition`.
 */
export async function takeOut(db: Database, tenantId: string, name: string, by: By, at: Date): Promise<SetRow> {
  const mine = and(eq(policySets.tenantId, tenantId), eq(policySets.name, name), isNull(policySets.retiredAt));
  const [row] = await db.select().from(policySets).where(mine).for('update');
  if (!row) throw new Problem('policy-set-not-found', `The tenant has no policy set "${name}" in use.`);
  if (row.active === null && row.candidate === null) throw new Problem('invalid-transition', `Nothing of "${name}" is in force.`);
  const none = { active: null, candidate: null, trial: null, percent: null, trialUntil: null, updatedAt: at };
  await db.update(policySets).set({ ...none, retiredAt: isProtected(row) ? null : at }).where(mine); // prettier-ignore
  const activation = { tenantId, id: newId(), setId: row.id, number: row.active, mode: 'retired' as const, percent: null, until: null, replaced: row.active, changeId: null, by, createdAt: at }; // prettier-ignore
  await db.insert(policyActivations).values(activation);
  const data = { setId: row.id, name, owner: row.owner, mode: 'retired', version: row.active, previous: row.active, percent: null, until: null, by: by.id, changeId: null }; // prettier-ignore
  await appendEvents(db, tenantId, [{ type: 'policy.activated', data }], null);
  return row;
}
