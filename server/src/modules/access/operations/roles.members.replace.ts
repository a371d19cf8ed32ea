import { z } from 'zod';
import type { Context, ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { endGrant, grantCreation, grantEnd, GrantFields, insertGrant, lockRoles, observedGroups, Reason } from '../grant-writes.ts';
import { findMember, findRole, requireGivable, requireRoleLeft, requireTakeable, type WantedGrant } from '../granting.ts';
import { grantsOfRole } from '../role-impact.ts';
import { tellRoles } from '../telling.ts';
import type { GrantRow, RoleRow } from '../tables.ts';

const input = z.object({
  id: z.uuid().meta({ title: 'Role', widget: 'role' }),
  userIds: z.array(z.uuid()).max(200).meta({ title: 'People', help: 'All who shall hold it; from everybody else it is taken', widget: 'members' }),
  scope: GrantFields.scope,
  reason: Reason,
});
type Input = z.output<typeof input>;

interface Difference {
  role: RoleRow;
  begins: WantedGrant[];
  ends: GrantRow[];
}

/** People who hold it already keep it as it is, with the Scope that they have. */
async function differenceFor(ctx: ReadContext, { id, userIds, scope }: Input): Promise<Difference> {
  const role = await findRole(ctx, id);
  const held = await grantsOfRole(ctx, id);
  const wanted = new Set(userIds);
  const holding = new Set(held.map((grant) => grant.subjectId));
  const begins = [...wanted].filter((subjectId) => !holding.has(subjectId)).map((subjectId) => ({ subjectId, roleId: id, scope, validUntil: null }));
  return { role, begins, ends: held.filter((grant) => !wanted.has(grant.subjectId)) };
}

async function requireAllowed(ctx: ReadContext, { role, begins, ends }: Difference): Promise<void> {
  for (const wanted of begins) await requireGivable(ctx, wanted);
  for (const grant of ends) {
    await requireTakeable(ctx, grant, role);
    await requireRoleLeft(ctx, grant.subjectId, new Set(ends.map((one) => one.id)));
  }
}

async function apply(ctx: Context, { role, begins, ends }: Difference, reason: string): Promise<void> {
  for (const wanted of begins) await insertGrant(ctx, wanted, role, reason);
  for (const grant of ends) {
    // One after the other: after each, another owner must be left.
    await requireTakeable(ctx, grant, role);
    await endGrant(ctx, grant, role);
  }
}

export const rolesMembersReplace = defineOperation({
  name: 'roles.members.replace',
  summary: 'Set who holds a role',
  permission: 'grants:write',
  risk: 'high',
  route: { method: 'PUT', path: '/roles/{id}/users' },
  input,
  output: z.object({ id: z.uuid(), added: z.int(), removed: z.int() }),
  async targets(ctx, wanted) {
    const { begins, ends } = await differenceFor(ctx, wanted);
    const ids = [...new Set([...begins, ...ends].map(({ subjectId }) => subjectId))];
    return Promise.all(ids.map(async (id) => ({ type: 'member', id, name: (await findMember(ctx, id)).name })));
  },
  async plan(ctx, wanted) {
    const difference = await differenceFor(ctx, wanted);
    await requireAllowed(ctx, difference);
    const { role, begins, ends } = difference;
    return {
      summary: `${role.name}: given to ${begins.length}, taken from ${new Set(ends.map(({ subjectId }) => subjectId)).size}`,
      changes: [
        ...(await Promise.all(begins.map(async (one) => grantCreation(role, await findMember(ctx, one.subjectId), one)))),
        ...(await Promise.all(ends.map(async (one) => grantEnd(one, role, await findMember(ctx, one.subjectId))))),
      ],
      reversible: 'Set the earlier people again.',
      observed: {
        ...(await observedGroups(
          ctx,
          begins.map((one) => one.scope),
        )),
        [`role ${role.id}`]: String(role.version),
        ...Object.fromEntries(ends.map((one) => [`grant ${one.id}`, one.updatedAt.toISOString()])),
      },
    };
  },
  async run(ctx, wanted) {
    await lockRoles(ctx, [wanted.id]);
    const difference = await differenceFor(ctx, wanted);
    await requireAllowed(ctx, difference);
    await apply(ctx, difference, wanted.reason);
    await tellRoles(
      ctx,
      [...difference.begins, ...difference.ends].map(({ subjectId }) => subjectId),
    );
    return { id: wanted.id, added: difference.begins.length, removed: difference.ends.length };
  },
});
