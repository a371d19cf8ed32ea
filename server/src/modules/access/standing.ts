import type { Clock } from '#kernel/clock.ts';
import type { Actor } from '#kernel/context.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { and, eq, lte, sql } from '#kernel/drizzle.ts';
import type { Risk } from '#kernel/operation.ts';
import { prepared } from '#kernel/prepared.ts';
import { Problem } from '#kernel/problem.ts';
import { escalation } from './grantable.ts';
import { capped, matches, matchesAny } from './patterns.ts';
import type { Catalogue } from './providers/port.ts';
import { requireKnown } from './role-rules.ts';
import { permissionsOf } from './roles.ts';
import { rolesOf, unended } from './rights.ts';
import { riskWithin } from './rules.ts';
import type { Permit } from './steps.ts';
import { patternsOf } from './system-roles.ts';
import { grants, roles } from './tables.ts';

export interface StandingDeps {
  databases: Databases;
  now: Clock;
  permit: Permit;
  catalogue: () => Catalogue;
}

/** Built and planned once for each connection: it is asked of every session. */
const demandQuery = (db: Database) =>
  prepared(db, 'roles_that_demand_factors', () => {
    const at = sql.placeholder('at') as unknown as Date;
    return db
      .selectDistinct({ tenantId: grants.tenantId })
      .from(grants)
      .innerJoin(roles, and(eq(roles.tenantId, grants.tenantId), eq(roles.id, grants.roleId)))
      .where(and(eq(grants.subjectId, sql.placeholder('personId')), eq(roles.requiresMfa, true), lte(grants.validFrom, at), unended(at)))
      .prepare('roles_that_demand_factors');
  });

/**
 * What patterns open at most at this risk: one that also holds a permission of which each operation is riskier becomes its other
 * permissions. One’s own affairs are open at any risk.
 */
function within({ operations }: Catalogue, patterns: readonly string[], maxRisk: Risk): readonly string[] {
  if (maxRisk === 'high') return patterns;
  const all = [...operations.values()];
  const open = new Set(all.filter(({ risk, access }) => access === 'self' || riskWithin(risk, maxRisk)).map(({ permission }) => permission));
  const beyond = new Set(all.map(({ permission }) => permission).filter((permission) => !open.has(permission)));
  return patterns.flatMap((pattern) =>
    [...beyond].some((one) => matches(pattern, one)) ? [...open].filter((one) => matches(pattern, one)) : [pattern],
  );
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
        .where(and(eq(grants.subjectId, personId), lte(grants.validFrom, at), unended(at)))
        .orderBy(roles.level);
      return Map.groupBy(rows, (row) => row.tenantId) as Map<string, { key: string; name: string }[]>;
    }),

  /** Tenants in which a role that the person holds demands a second factor, whatever the tenant says. Runs as the platform. */
  async demandFactor(db: Database, personId: string): Promise<ReadonlySet<string>> {
    const rows = await demandQuery(db).execute({ personId, at: now() });
    return new Set(rows.map(({ tenantId }) => tenantId));
  },

  async patterns(db: Database, actor: Actor): Promise<string[]> {
    const { rights, denied } = await permit.rights(db, actor);
    const patterns = [...new Set(rights.flatMap((right) => within(catalogue(), right.patterns, right.maxRisk)))].sort();
    // Patterns only add: what is denied to the person is taken out by naming what is left.
    return denied.length === 0 ? patterns : patternsOf({ allow: patterns, except: denied }, permissionsOf(catalogue()));
  },

  async holds(db: Database, actor: Actor, permission: string): Promise<boolean> {
    if (actor.scopeCap !== undefined && !('all' in actor.scopeCap)) return false;
    const { rights, denied } = await permit.rights(db, actor);
    return !matchesAny(denied, permission) && rights.some(({ patterns, scope }) => 'all' in scope && matchesAny(patterns, permission));
  },

  async requireGivable(db: Database, actor: Actor, subjectId: string, patterns: readonly string[] | null): Promise<void> {
    const at = now();
    if (patterns) requireKnown(permissionsOf(catalogue()), patterns, (index) => `/permissions/${index}`);
    const mine = await permit.holdings(db, actor.tenantId, actor.id);
    const giver = { ...(actor.within ? { rights: [] } : mine), cap: actor.permissionCap, scopeCap: actor.scopeCap };
    const openable = [...catalogue().operations.values()].filter((operation) => operation.access !== 'public');
    for (const right of (await permit.holdings(db, actor.tenantId, subjectId)).rights) {
      const role = { key: right.role, level: right.level, patterns: capped(right.patterns, patterns), maxRisk: right.maxRisk, assignable: true };
      const refusal = escalation(giver, { role, scope: right.scope, validUntil: right.validUntil }, openable, at);
      if (refusal) throw new Problem('grant-escalation', `The key could do what you cannot. ${refusal}`);
    }
  },

  async requireHeld(db: Database, actor: Actor, patterns: readonly string[]): Promise<void> {
    const permissions = permissionsOf(catalogue());
    requireKnown(permissions, patterns, (index) => `/permissions/${index}`);
    // A cap opens nothing by itself: it is enough that each permission is held in some Scope.
    const { rights, denied } = await permit.rights(db, actor);
    const held = (permission: string): boolean => !matchesAny(denied, permission) && rights.some((right) => matchesAny(right.patterns, permission));
    const missing = permissions.filter((permission) => matchesAny(patterns, permission) && !held(permission));
    if (missing.length > 0)
      throw new Problem(
        'grant-escalation',
        `A key holds no more than you do, and you lack ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ' and others' : ''}.`,
      );
  },
});
