import { z } from 'zod';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Scope } from '#kernel/scope.ts';
import { findMember, requireGivable } from '../granting.ts';
import { People, RightsChanged } from '../providers/port.ts';
import { Grant, grant, scopeJson } from '../schemas.ts';
import { grants } from '../tables.ts';

const scopeText = (scope: Scope): string =>
  'all' in scope ? 'everything' : scope.any.length === 0 ? 'nothing' : `${scope.any.length} ${scope.any.length === 1 ? 'clause' : 'clauses'}`;
const wanted = ({ subjectId, roleId, scope, validUntil }: { subjectId: string; roleId: string; scope: Scope; validUntil?: string | undefined }) => ({
  subjectId, roleId, scope, validUntil: validUntil === undefined ? null : new Date(validUntil),
}); // prettier-ignore

export const grantsCreate = defineOperation({
  name: 'grants.create',
  summary: 'Give a person a role',
  description:
    'Nobody gives what they do not hold themselves, with at least the same Scope and for at least as long, and nobody gives to themselves. Ownership changes hands by transfer only.',
  permission: 'grants:write',
  risk: 'high',
  input: z.object({
    subjectId: z.uuid().meta({ title: 'Person', widget: 'member' }),
    roleId: z.uuid().meta({ title: 'Role', widget: 'role' }),
    scope: Scope.meta({ title: 'Scope', help: '`{ "all": true }`, or clauses of type, ids, environments and labels; no clause reaches nothing' }),
    validUntil: z.iso.datetime({ offset: true }).optional().meta({ title: 'Ends', help: 'Never, when left out' }),
    reason: z.string().trim().min(3).max(500).meta({ title: 'Reason' }),
  }),
  output: Grant,
  targets: async (ctx, { subjectId }) => [{ type: 'member', id: subjectId, name: (await findMember(ctx, subjectId)).name }],
  async plan(ctx, input) {
    const { member, role } = await requireGivable(ctx, wanted(input));
    return {
      summary: `${member.name} becomes ${role.name}, for ${scopeText(input.scope)}${input.validUntil ? ` until ${input.validUntil}` : ''}`,
      changes: [
        {
          action: 'create', type: 'grant', name: `${role.key} for ${member.email}`,
          fields: [{ path: 'role', after: role.key }, { path: 'scope', after: scopeJson(input.scope) }, { path: 'validUntil', after: input.validUntil ?? null }, { path: 'maxRisk', after: role.maxRisk }],
        },
      ],
      reversible: 'Revoke the grant.',
      observed: { [`role ${role.id}`]: String(role.version) },
    }; // prettier-ignore
  },
  async run(ctx, input) {
    const { role } = await requireGivable(ctx, wanted(input));
    const now = ctx.now();
    const { subjectId, roleId, scope, validUntil } = wanted(input);
    const [row] = await ctx.db.insert(grants).values({ tenantId: ctx.tenantId, id: newId(), subjectId, roleId, scope, validFrom: now, validUntil, reason: input.reason, grantedBy: ctx.actor.id, createdAt: now }).returning(); // prettier-ignore
    ctx.provider(RightsChanged).changing(ctx.tenantId);
    ctx.emit('grant.created', { grantId: row!.id, subjectId, role: role.key, scope, validUntil: row!.validUntil?.toISOString() ?? null });
    return grant(row!, role, await ctx.provider(People).named(ctx.db, ctx.tenantId, [subjectId, ctx.actor.id]));
  },
});
