import type { Database } from '#kernel/database.ts';
import { and, eq, inArray } from '#kernel/drizzle.ts';
import { members } from './tables.ts';

export interface MemberRef {
  id: string;
  name: string;
  email: string;
  active: boolean;
  /** A service account. */
  machine: boolean;
}

/** Members by id, in the tenant's context: the adapter that module access asks for its People. */
export const people = {
  /** Nobody else is active here; machines do not count, since they agree to nothing. */
  async alone(db: Database, tenantId: string): Promise<boolean> {
    const found = await db
      .select({ id: members.id })
      .from(members)
      .where(and(eq(members.tenantId, tenantId), eq(members.status, 'active'), eq(members.kind, 'person')))
      .limit(2);
    return found.length === 1;
  },
  async named(db: Database, tenantId: string, ids: readonly string[]): Promise<Map<string, MemberRef>> {
    if (ids.length === 0) return new Map();
    const rows = await db
      .select()
      .from(members)
      .where(and(eq(members.tenantId, tenantId), inArray(members.id, [...new Set(ids)])));
    return new Map(
      rows.map(({ id, name, email, status, kind }) => [id, { id, name, email, active: status === 'active', machine: kind === 'service' }]),
    );
  },
};
