import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { Clock } from '#kernel/clock.ts';
import type { Actor } from '#kernel/context.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import { matchesAny, PATTERN } from './patterns.ts';
import type { Catalogue } from './providers/port.ts';
import { permissionsOf } from './roles.ts';
import { rolesOf } from './rights.ts';
import type { Permit } from './steps.ts';
import { grants, roles } from './tables.ts';

export interface StandingDeps {
  databases: Databases;
  now: Clock;
  permit: Permit;
  catalogue: () => Catalogue;
}

/** What other modules ask about a person's rights: fits the ports Standing of identity and RolesOfMembers of tenancy. */
export const createStanding = ({ databases, now, permit, catalogue }: StandingDeps) => ({
  roles: (db: Database, tenantId: string, memberIds: readonly string[]) => rolesOf(db, tenantId, memberIds, now()),

  everywhere: (personId: string): Promise<Map<string, { key: string; name: string }[]>> =>
    databases.platform('own roles', async (db) => {
      const at = now();
      const rows = await db
        .selectDistinct({ tenantId: grants.tenantId, key: roles.key, name: roles.name, level: roles.level })
        .from(grants)
        .innerJoin(roles, and(eq(roles.tenantId, grants.tenantId), eq(roles.id, grants.roleId)))
        .where(
          and(
            eq(grants.subjectId, personId),
            isNull(grants.revokedAt),
            lte(grants.validFrom, at),
            or(isNull(grants.validUntil), gt(grants.validUntil, at)),
          ),
        )
        .orderBy(roles.level);
      return Map.groupBy(rows, (row) => row.tenantId) as Map<string, { key: string; name: string }[]>;
    }),

  async patterns(db: Database, actor: Actor): Promise<string[]> {
    return [...new Set((await permit.rights(db, actor)).flatMap((right) => right.patterns))].sort();
  },

  async requireHeld(db: Database, actor: Actor, patterns: readonly string[]): Promise<void> {
    const permissions = permissionsOf(catalogue());
    const unknown = patterns.findIndex((pattern) => !PATTERN.test(pattern) || !permissions.some((permission) => matchesAny([pattern], permission)));
    if (unknown >= 0) {
      const message = `"${patterns[unknown]}" matches no permission of this installation`;
      throw new Problem('permission-unknown', `${message}. See permissions.list.`, { errors: [{ pointer: `/permissions/${unknown}`, message }] });
    }
    // A cap opens nothing by itself: it is enough that each permission is held in some Scope.
    const held = await permit.rights(db, actor);
    const missing = permissions.filter(
      (permission) => matchesAny(patterns, permission) && !held.some((right) => matchesAny(right.patterns, permission)),
    );
    if (missing.length > 0)
      throw new Problem(
        'grant-escalation',
        `A key holds no more than you do, and you lack ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ' and others' : ''}.`,
      );
  },
});
