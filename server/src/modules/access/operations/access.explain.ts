import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { explain } from '../explain.ts';
import { findMember } from '../granting.ts';
import { Catalogue, People } from '../providers/port.ts';
import { holdingsOf, rolesIn, withGroups } from '../rights.ts';
import { limitedTo } from '../scopes.ts';
import { AskedTarget } from '../schemas.ts';

const Stage = z.enum(['deny', 'token', 'permission', 'risk', 'scope']);

export const accessExplain = defineOperation({
  name: 'access.explain',
  summary: 'Explain whether a person may call an operation, and what is missing',
  description:
    'The decision on permission and Scope as the Gate takes it. Policies and approvals come after and are shown by a dry run of the operation itself.',
  permission: 'grants:read',
  risk: 'read',
  route: { method: 'POST', path: '/access/explain' },
  input: z.object({
    subjectId: z.uuid().optional().meta({ title: 'Person', help: 'You, when left out', widget: 'member' }),
    operation: z
      .string()
      .max(100)
      .meta({ title: 'Operation', examples: ['servers.create'] }),
    targets: z.array(AskedTarget).max(100).default([]).meta({ title: 'Targets' }),
  }),
  output: z.object({
    allowed: z.boolean(),
    stage: Stage.nullable(),
    grantId: z.string().nullable(),
    steps: z.array(z.object({ stage: Stage, passed: z.boolean(), text: z.string() })),
    nearest: z
      .object({
        missing: z.enum(['deny', 'key', 'role', 'scope']),
        text: z.string(),
        roles: z.array(z.string()),
        grantId: z.string().nullable(),
        targets: z.array(z.object({ type: z.string(), id: z.string() })),
      })
      .nullable(),
  }),
  targets: async (ctx, { subjectId = ctx.actor.id }) => [{ type: 'member', id: subjectId, name: (await findMember(ctx, subjectId)).name }],
  async run(ctx, { subjectId = ctx.actor.id, operation, targets }) {
    const wanted = ctx.provider(Catalogue).operations.get(operation);
    if (!wanted) throw new Problem('not-found', `There is no operation "${operation}". permissions.list names them all.`);
    if (wanted.access) return { allowed: true, stage: null, grantId: null, steps: [], nearest: null };
    const at = ctx.now();
    const { rights: given, denies } = await holdingsOf(ctx.db, ctx.provider(People), ctx.tenantId, subjectId, at);
    const own = subjectId === ctx.actor.id;
    const cap = own ? ctx.actor.permissionCap : null;
    const limit = own && ctx.actor.scopeCap ? [{ scope: ctx.actor.scopeCap }] : [];
    const [limited] = await withGroups(ctx.db, ctx.tenantId, limit);
    const rights = limitedTo(await withGroups(ctx.db, ctx.tenantId, given), limited?.scope);
    return explain({ rights, denies, cap, roles: await rolesIn(ctx.db, ctx.tenantId), wanted, targets, at });
  },
});
