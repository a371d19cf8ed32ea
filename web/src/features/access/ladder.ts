import type { Role } from '#features/settings/types.ts';

/** A role as it stands in the ladder: at its level, with the roles that were copied from it. */
export interface Rung {
  role: Role;
  /** How often copied: 0 stands by itself. */
  depth: number;
  copies: number;
}
const byPower = (a: Role, b: Role): number => a.level - b.level || a.name.localeCompare(b.name);

/** Roles from the most to the least power; a copy stands below the one it was made from, whatever its level. */
export function ladderOf(roles: readonly Role[]): Rung[] {
  const known = new Set(roles.map(({ id }) => id));
  const children = new Map<string | null, Role[]>();
  for (const role of [...roles].sort(byPower)) {
    // A copy outlives its original.
    const parent = role.clonedFrom && known.has(role.clonedFrom) && role.clonedFrom !== role.id ? role.clonedFrom : null;
    children.set(parent, [...(children.get(parent) ?? []), role]);
  }
  const seen = new Set<string>();
  const below = (parent: string | null, depth: number): Rung[] =>
    (children.get(parent) ?? []).flatMap((role) => {
      if (seen.has(role.id)) return [];
      seen.add(role.id);
      return [{ role, depth, copies: children.get(role.id)?.length ?? 0 }, ...below(role.id, depth + 1)];
    });
  return below(null, 0);
}
