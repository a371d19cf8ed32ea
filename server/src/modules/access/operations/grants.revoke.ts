import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { findGrant, findMember, requireTakeable } from '../granting.ts';
import { RightsChanged } from '../providers/port.ts';
import { scopeJson } from '../schemas.ts';
import { grants, roles } from '../tables.ts';

export const grantsRevoke = defineOperation({
  name: 'grants.revoke',
  summary: 'Take a role from a person',
  description: 'Felt at their next call. The last owner of a tenant stays.',
  permission: 'grants:write',
  risk: 'high',
  route: { method: 'DELETE', path: '/grants/{id}' },
  input: z.object({ id: z.uuid().meta({ title: 'Grant' }) }),
  output: z.object({ id: z.uuid() }),
  async targets(ctx, { id }) {
    const { grant } = await findGrant(ctx, id);
    return [{ type: 'member', id: grant.subjectId, name: (await findMember(ctx, grant.subjectId)).name }];
  },
  async plan(ctx, { id }) {
    const { grant, role } = await findGrant(ctx, id);
    await requireTakeable(ctx, grant, role);
    const member = await findMember(ctx, grant.subjectId);
    return {
      summary: `${member.name} is no longer ${role.name} by this grant`,
      changes: [{ action: 'delete', type: 'grant', id, name: `${role.key} for ${member.email}`, fields: [{ path: 'role', before: role.key }, { path: 'scope', before: scopeJson(grant.scope) }] }],
      reversible: 'Grant the role again.',
      observed: { [`grant ${id}`]: grant.updatedAt.toISOString() },
    }; // prettier-ignore
  },
  async run(ctx, { id }) {
    const { grant, role } = await findGrant(ctx, id);
    // Whoever takes this role from anybody does so one after the other, so that the last two owners cannot go at once.
    await ctx.db.select({ id: roles.id }).from(roles).where(and(eq(roles.tenantId, ctx.tenantId), eq(roles.id, role.id))).for('update'); // prettier-ignore
    await requireTakeable(ctx, grant, role);
    const now = ctx.now();
    const live = and(eq(grants.tenantId, ctx.tenantId), eq(grants.id, id), isNull(grants.revokedAt));
    const { rowCount } = await ctx.db.update(grants).set({ revokedAt: now, revokedBy: ctx.actor.id, updatedAt: now }).where(live);
    if (rowCount !== 1) throw new Problem('not-found', 'The grant was revoked in the meantime.');
    ctx.provider(RightsChanged).changing(ctx.tenantId);
    ctx.emit('grant.revoked', { grantId: id, subjectId: grant.subjectId, role: role.key });
    return { id };
  },
});
