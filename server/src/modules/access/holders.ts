import type { Database } from '#kernel/database.ts';
import { and, asc, eq, gt, inArray } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { scopeCovers } from '#kernel/scope.ts';
import type { Catalogue, MemberRef, People } from './providers/port.ts';
import { matchesAny } from './patterns.ts';
import { deniesOf, rolesIn, unended, withGroups } from './rights.ts';
import { deniesHolding, isValid, riskWithin, type Wanted } from './rules.ts';
import { grants } from './tables.ts';

export interface Holding extends MemberRef {
  grantId: string;
  role: string;
}

interface Question {
  tenantId: string;
  wanted: Wanted;
  targets: readonly Target[];
  at: Date;
  /** Only people after this id. */
  after?: string | undefined;
  /** At most this many people. */
  limit: number;
}

const BATCH = 500;

/** Those of the people who are active and not denied it. */
async function ableOf(
  db: Database,
  people: People,
  { tenantId, wanted, at }: Pick<Question, 'tenantId' | 'wanted' | 'at'>,
  ids: readonly string[],
): Promise<Map<string, MemberRef>> {
  const named = await people.named(db, tenantId, ids);
  const denied = await deniesOf(db, tenantId, ids, at);
  return new Map([...named].filter(([id, { active }]) => active && deniesHolding(denied.get(id) ?? [], wanted.permission, at).length === 0));
}

/** Active people of whom one grant alone allows the operation on all targets, in the order of their ids. */
export async function holdersOf(db: Database, people: People, { tenantId, wanted, targets, at, after, limit }: Question): Promise<Holding[]> {
  const opening = (await rolesIn(db, tenantId)).filter(
    (role) => matchesAny(role.patterns, wanted.permission) && riskWithin(wanted.risk, role.maxRisk),
  );
  if (opening.length === 0) return [];
  const keys = new Map(opening.map((role) => [role.id, role.key]));
  const found = new Map<string, Holding>();
  let from = after;
  for (;;) {
    const subjects = await db
      .selectDistinct({ id: grants.subjectId })
      .from(grants)
      .where(and(eq(grants.tenantId, tenantId), inArray(grants.roleId, [...keys.keys()]), unended(at), from ? gt(grants.subjectId, from) : undefined))
      .orderBy(asc(grants.subjectId))
      .limit(BATCH);
    if (subjects.length === 0) return [...found.values()];
    const ids = subjects.map((subject) => subject.id);
    const able = await ableOf(db, people, { tenantId, wanted, at }, ids);
    const given = await db.select().from(grants).where(and(eq(grants.tenantId, tenantId), inArray(grants.subjectId, ids), inArray(grants.roleId, [...keys.keys()]), unended(at))).orderBy(asc(grants.subjectId), asc(grants.id)); // prettier-ignore
    const rows = targets.length === 0 ? given : await withGroups(db, tenantId, given);
    for (const row of rows) {
      const person = able.get(row.subjectId);
      if (!person || found.has(person.id) || !isValid(row, at) || !targets.every((target) => scopeCovers(row.scope, target))) continue;
      if (found.size === limit) return [...found.values()];
      found.set(person.id, { ...person, grantId: row.id, role: keys.get(row.roleId)! });
    }
    from = ids.at(-1);
  }
}

/** For deciding who may approve: people, not machines, by permission, at the highest risk that any operation with it has. */
export const createHolders =
  ({ people, catalogue, now }: { people: People; catalogue: () => Catalogue; now: () => Date }) =>
  async (db: Database, tenantId: string, permission: string, targets: readonly Target[]): Promise<{ id: string; name: string }[]> => {
    const risks = [...catalogue().operations.values()].filter((operation) => operation.permission === permission).map((operation) => operation.risk);
    const risk = risks.includes('high') ? 'high' : risks.includes('write') ? 'write' : 'read';
    const found = await holdersOf(db, people, { tenantId, wanted: { name: permission, permission, risk }, targets, at: now(), limit: 10_000 });
    return found.filter(({ machine }) => !machine).map(({ id, name }) => ({ id, name }));
  };
