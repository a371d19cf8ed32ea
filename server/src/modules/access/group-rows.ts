import type { Database } from '#kernel/database.ts';
import { and, eq, inArray } from '#kernel/drizzle.ts';
import { groups, type GroupRow } from './tables.ts';

export const findGroups = (db: Database, tenantId: string, ids: readonly string[]): Promise<GroupRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .select()
        .from(groups)
        .where(and(eq(groups.tenantId, tenantId), inArray(groups.id, [...ids])));
