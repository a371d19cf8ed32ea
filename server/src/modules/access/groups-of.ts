import type { Database } from '#kernel/database.ts';
import { asc, eq } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { scopeCovers } from '#kernel/scope.ts';
import { groupContent } from './group-content.ts';
import { groups } from './tables.ts';

/** Names of the resource groups that hold each target, in the order of the targets. */
export async function groupsOf(db: Database, tenantId: string, targets: readonly Target[]): Promise<string[][]> {
  const all = await db.select({ id: groups.id, name: groups.name }).from(groups).where(eq(groups.tenantId, tenantId)).orderBy(asc(groups.name)); // prettier-ignore
  const content = await groupContent(db, tenantId, all.map(({ id }) => id)); // prettier-ignore
  return targets.map((target) => all.filter(({ id }) => scopeCovers({ any: content.get(id) ?? [] }, target)).map(({ name }) => name));
}
