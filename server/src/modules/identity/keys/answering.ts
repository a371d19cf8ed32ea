import type { Database } from '#kernel/database.ts';
import type { Memberships } from '../providers/port.ts';

/** Is the person who answers for the account an active member? Without one, its keys are good for nothing. */
export async function isAnsweredFor(db: Database, memberships: Pick<Memberships, 'of'>, tenantId: string, ownerId: string | null): Promise<boolean> {
  return ownerId !== null && (await memberships.of(db, ownerId)).some((one) => one.tenantId === tenantId);
}
