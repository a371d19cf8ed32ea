import type { Database } from '#kernel/database.ts';
import { and, eq, inArray } from '#kernel/drizzle.ts';
import type { ScopeClause } from '#kernel/scope.ts';
import { groupChildren, groups, type GroupMember, type GroupRow } from './tables.ts';

/** A group may hold groups that hold groups, and no more. */
export const MAX_DEPTH = 3;

type Held = Pick<GroupRow, 'members' | 'selector'>;

/** What a group holds by itself, as clauses of a Scope: its fixed members by type, and what its selector finds. */
export function ownClauses({ members, selector }: Held): ScopeClause[] {
  const byType = Map.groupBy(members, (member: GroupMember) => member.type);
  const fixed = [...byType].map(([type, those]) => ({ type, ids: those.map(({ id }) => id) }));
  return selector ? [...fixed, { ...selector }] : fixed;
}

const childrenOf = (db: Database, tenantId: string, ids: readonly string[]) =>
  db
    .select({ groupId: groupChildren.groupId, childId: groupChildren.childId })
    .from(groupChildren)
    .where(and(eq(groupChildren.tenantId, tenantId), inArray(groupChildren.groupId, [...ids])));

/** What the groups hold, those within them included. A group that does not exist is not in the answer. */
export async function groupContent(db: Database, tenantId: string, ids: readonly string[]): Promise<Map<string, ScopeClause[]>> {
  const links = new Map<string, string[]>();
  let level = [...new Set(ids)];
  const all = new Set(level);
  for (let depth = 1; depth < MAX_DEPTH && level.length > 0; depth += 1) {
    const found = await childrenOf(db, tenantId, level);
    for (const { groupId, childId } of found) links.set(groupId, [...(links.get(groupId) ?? []), childId]);
    level = [...new Set(found.map(({ childId }) => childId))].filter((id) => !all.has(id));
    for (const id of level) all.add(id);
  }
  const rows = await db.select().from(groups).where(and(eq(groups.tenantId, tenantId), inArray(groups.id, [...all]))); // prettier-ignore
  const own = new Map(rows.map((row) => [row.id, ownClauses(row)]));
  const clausesOf = (id: string, depth = 1): ScopeClause[] => [
    ...(own.get(id) ?? []),
    ...(depth < MAX_DEPTH ? (links.get(id) ?? []).flatMap((child) => clausesOf(child, depth + 1)) : []),
  ];
  return new Map(ids.filter((id) => own.has(id)).map((id) => [id, clausesOf(id)]));
}
