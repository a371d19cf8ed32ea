import type { Database } from '#kernel/database.ts';
import { and, eq, isNotNull } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { scopeCovers } from '#kernel/scope.ts';
import { groupContent } from './group-content.ts';
import { groups } from './tables.ts';

/** Who answers for every one of the targets: the owner of a resource group that holds it. */
export async function ownersOf(db: Database, tenantId: string, targets: readonly Target[]): Promise<string[]> {
  if (targets.length === 0) return [];
  const owned = await db
    .select({ id: groups.id, ownerId: groups.ownerId })
    .from(groups)
    .where(and(eq(groups.tenantId, tenantId), isNotNull(groups.ownerId)));
  const content = await groupContent(db, tenantId, owned.map(({ id }) => id)); // prettier-ignore
  const answersFor = (person: string, target: Target): boolean =>
    owned.some(({ id, ownerId }) => ownerId === person && scopeCovers({ any: content.get(id) ?? [] }, target));
  return [...new Set(owned.map(({ ownerId }) => ownerId!))].filter((person) => targets.every((target) => answersFor(person, target)));
}
