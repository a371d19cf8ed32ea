import { z } from 'zod';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { requireDeniable, type WantedDeny } from '../denying.ts';
import { memberTarget, Reason } from '../grant-writes.ts';
import { People, RightsChanged } from '../providers/port.ts';
import { deny, Deny } from '../schemas.ts';
import { denies } from '../tables.ts';

const input = z.object({
  subjectId: z.uuid().meta({ title: 'Person', widget: 'member' }),
  patterns: z
    .array(z.string().max(100))
    .min(1)
    .max(50)
    .meta({ title: 'Permissions', help: 'Patterns such as `servers:delete` or `dns:*`', widget: 'permissions' }),
  validUntil: z.iso.datetime({ offset: true }).optional().meta({ title: 'Ends', help: 'Never, when left out' }),
  reason: Reason,
});

const wantedOf = ({ subjectId, patterns, validUntil }: z.output<typeof input>): WantedDeny => ({
  subjectId,
  patterns: [...new Set(patterns)].sort(),
  validUntil: validUntil === undefined ? null : new Date(validUntil),
});

export const deniesCreate = defineOperation({
  name: 'denies.create',
  summary: 'Deny permissions to a person',
  description: 'Whatever roles they hold: a deny counts before every grant. An owner is denied nothing.',
  permission: 'grants:write',
  risk: 'high',
  input,
  output: Deny,
  targets: (ctx, { subjectId }) => memberTarget(ctx, subjectId),
  async plan(ctx, said) {
    const wanted = wantedOf(said);
    const member = await requireDeniable(ctx, wanted);
    return {
      summary: `${member.name} may not: ${wanted.patterns.join(', ')}`,
      changes: [
        {
          action: 'create',
          type: 'deny',
          name: member.email,
          fields: [
            { path: 'patterns', after: [...wanted.patterns] },
            { path: 'validUntil', after: said.validUntil ?? null },
          ],
        },
      ],
      reversible: 'Lift the deny.',
    };
  },
  async run(ctx, said) {
    const wanted = wantedOf(said);
    await requireDeniable(ctx, wanted);
    const at = ctx.now();
    const [row] = await ctx.db.insert(denies).values({ tenantId: ctx.tenantId, id: newId(), ...wanted, patterns: [...wanted.patterns], reason: said.reason, deniedBy: ctx.actor.id, createdAt: at, updatedAt: at }).returning(); // prettier-ignore
    ctx.provider(RightsChanged).changing(ctx.tenantId);
    ctx.emit('deny.created', { denyId: row!.id, subjectId: wanted.subjectId, patterns: row!.patterns });
    return deny(row!, await ctx.provider(People).named(ctx.db, ctx.tenantId, [wanted.subjectId, ctx.actor.id]));
  },
});
