import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import type { Plan } from '#kernel/plan.ts';
import { Problem } from '#kernel/problem.ts';
import { escalation, opensOf } from './grantable.ts';
import { giverOf, openable, requireNotAbove } from './granting.ts';
import { People } from './providers/port.ts';
import { rolesIn, unended } from './rights.ts';
import { fieldsOf, type Draft } from './role-draft.ts';
import { differenceOf } from './role-rules.ts';
import { scopeWithin } from './scopes.ts';
import { grants, type GrantRow, type RoleRow } from './tables.ts';

/** Grants of a role that are in force or still to begin. */
export const grantsOfRole = (ctx: ReadContext, roleId: string): Promise<GrantRow[]> =>
  ctx.db
    .select()
    .from(grants)
    .where(and(eq(grants.tenantId, ctx.tenantId), eq(grants.roleId, roleId), unended(ctx.now())))
    .orderBy(grants.subjectId, grants.id);

/** Throws when an edit would give holders of the role what the editor may not give them, or the editor anything at all. */
export async function requireEditable(ctx: ReadContext, row: RoleRow, after: Draft): Promise<void> {
  await requireNotAbove(ctx, row, `The role ${row.key} stands above every role you hold.`);
  const { gained } = differenceOf(ctx, row, after);
  if (gained.size === 0) return;
  const giver = await giverOf(ctx);
  const catalogue = openable(ctx).filter((operation) => gained.has(operation.permission));
  for (const grant of await grantsOfRole(ctx, row.id)) {
    if (grant.subjectId === ctx.actor.id || grant.subjectId === ctx.actor.ownerId)
      throw new Problem('self-grant-forbidden', `You hold ${row.name} yourself, and this edit would give you more. Ask somebody who does not.`);
    const offer = { role: { ...after, assignable: true }, scope: grant.scope, validUntil: grant.validUntil };
    const refusal = escalation(giver, offer, catalogue, ctx.now());
    if (refusal) throw new Problem('grant-escalation', `Somebody holds ${row.name} with a wider Scope than yours. ${refusal}`);
  }
}

/** People named one by one in a plan; of more it says how many. */
const NAMED = 50;

interface Shift {
  id: string;
  name: string;
  gains: string[];
  loses: string[];
}

/** Does one grant reach all that the other does, from now and for at least as long? */
const coversGrant = (wide: GrantRow, narrow: GrantRow, at: Date): boolean =>
  wide.validFrom <= at &&
  scopeWithin(narrow.scope, wide.scope) &&
  (wide.validUntil === null || (narrow.validUntil !== null && wide.validUntil >= narrow.validUntil));

/** Whom the edit gives or takes something that no other grant of theirs gives them over the same Scope. */
async function shiftsOf(ctx: ReadContext, row: RoleRow, after: Draft | null): Promise<Shift[]> {
  const { gained, lost } = differenceOf(ctx, row, after);
  const holders = [...new Set((await grantsOfRole(ctx, row.id)).map((grant) => grant.subjectId))];
  if (holders.length === 0 || (gained.size === 0 && lost.size === 0)) return [];
  const roles = new Map((await rolesIn(ctx.db, ctx.tenantId)).map((role) => [role.id, role]));
  const all = await ctx.db.select().from(grants).where(and(eq(grants.tenantId, ctx.tenantId), unended(ctx.now()))); // prettier-ignore
  const people = await ctx.provider(People).named(ctx.db, ctx.tenantId, holders);
  const isOf = (id: string, own: boolean) => (grant: GrantRow) => grant.subjectId === id && (grant.roleId === row.id) === own;
  return holders.flatMap((id) => {
    const [these, others] = [all.filter(isOf(id, true)), all.filter(isOf(id, false))];
    const opened = new Map(
      others.map((grant) => [grant, new Set(opensOf(roles.get(grant.roleId)!, openable(ctx)).map(({ permission }) => permission))]),
    );
    const isKept = (permission: string): boolean =>
      these.every((grant) => others.some((other) => opened.get(other)!.has(permission) && coversGrant(other, grant, ctx.now())));
    const left = (some: ReadonlySet<string>): string[] => [...some].filter((permission) => !isKept(permission));
    const shift = { id, name: people.get(id)?.name ?? 'A former member', gains: left(gained), loses: left(lost) };
    return shift.gains.length > 0 || shift.loses.length > 0 ? [shift] : [];
  });
}

const shiftChange = ({ id, name, gains, loses }: Shift): NonNullable<Plan['changes']>[number] => ({
  action: 'update',
  type: 'member',
  id,
  name,
  fields: [...(gains.length > 0 ? [{ path: 'gains', after: gains }] : []), ...(loses.length > 0 ? [{ path: 'loses', before: loses }] : [])],
});

/** The plan of an edit: what changes in the role, and who gains and who loses what by it. */
export async function editPlan(ctx: ReadContext, row: RoleRow, after: Draft): Promise<Plan> {
  const { gained, lost } = differenceOf(ctx, row, after);
  const shifts = await shiftsOf(ctx, row, after);
  const count = new Set((await grantsOfRole(ctx, row.id)).map((grant) => grant.subjectId)).size;
  return {
    summary: `Change role ${row.name}: ${gained.size} permissions more, ${lost.size} fewer, for ${count} ${count === 1 ? 'person' : 'people'}`,
    changes: [
      { action: 'update', type: 'role', id: row.id, name: row.key, fields: fieldsOf(row, after) },
      ...shifts.slice(0, NAMED).map(shiftChange),
    ],
    warnings: shifts.length > NAMED ? [`${shifts.length - NAMED} more people gain or lose the same way.`] : [],
    facts: { people: count, gained: [...gained], lost: [...lost] },
    reversible: 'Edit the role back.',
    observed: { [`role ${row.id}`]: String(row.version) },
  };
}
