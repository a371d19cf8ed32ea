import { z } from 'zod';
import { and, eq, isNull } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { findDeny, requireLiftable } from '../denying.ts';
import { memberTarget } from '../grant-writes.ts';
import { findMember } from '../granting.ts';
import { RightsChanged } from '../providers/port.ts';
import { denies } from '../tables.ts';

export const deniesRevoke = defineOperation({
  name: 'denies.revoke',
  summary: 'Lift what is denied to a person',
  description: 'Only by who holds what was denied, and never by the person.',
  permission: 'grants:write',
  risk: 'high',
  route: { method: 'DELETE', path: '/denies/{id}' },
  input: z.object({ id: z.uuid().meta({ title: 'Deny' }) }),
  output: z.object({ id: z.uuid() }),
  targets: async (ctx, { id }) => memberTarget(ctx, (await findDeny(ctx, id)).subjectId),
  async plan(ctx, { id }) {
    const row = await findDeny(ctx, id);
    await requireLiftable(ctx, row);
    const member = await findMember(ctx, row.subjectId);
    return {
      summary: `${member.name} is no longer denied: ${row.patterns.join(', ')}`,
      changes: [{ action: 'delete', type: 'deny', id, name: member.email, fields: [{ path: 'patterns', before: row.patterns }] }],
      reversible: 'Deny it again.',
      observed: { [`deny ${id}`]: row.updatedAt.toISOString() },
    };
  },
  async run(ctx, { id }) {
    const row = await findDeny(ctx, id);
    await requireLiftable(ctx, row);
    const at = ctx.now();
    const live = and(eq(denies.tenantId, ctx.tenantId), eq(denies.id, id), isNull(denies.revokedAt));
    const { rowCount } = await ctx.db.update(denies).set({ revokedAt: at, revokedBy: ctx.actor.id, updatedAt: at }).where(live);
    if (rowCount !== 1) throw new Problem('not-found', 'The deny was lifted in the meantime.');
    ctx.provider(RightsChanged).changing(ctx.tenantId);
    ctx.emit('deny.revoked', { denyId: id, subjectId: row.subjectId, patterns: row.patterns });
    return { id };
  },
});
