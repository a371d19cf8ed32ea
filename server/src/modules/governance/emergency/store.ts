import type { Database } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { numberText } from '../rules.ts';
import { emergencies, type ChangeRow, type EmergencyRow } from '../tables.ts';

interface At {
  db: Database;
  tenantId: string;
}

export async function emergencyOf({ db, tenantId }: At, changeId: string): Promise<EmergencyRow | undefined> {
  const mine = and(eq(emergencies.tenantId, tenantId), eq(emergencies.changeId, changeId));
  const [row] = await db.select().from(emergencies).where(mine);
  return row;
}

/** Throws `invalid-transition` for a Change that went the usual way. */
export async function requireEmergency(at: At, change: Pick<ChangeRow, 'id' | 'number' | 'state'>): Promise<EmergencyRow> {
  const row = await emergencyOf(at, change.id);
  if (!row) throw new Problem('invalid-transition', `${numberText(change.number)} was no emergency; there is nothing to review.`, { state: change.state }); // prettier-ignore
  return row;
}
