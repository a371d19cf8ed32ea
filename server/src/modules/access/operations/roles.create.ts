import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { findRole } from '../granting.ts';
import { Draft, fieldsOf, tidied } from '../role-draft.ts';
import { requireSavable } from '../role-rules.ts';
import { roleDetail } from '../role-view.ts';
import { insertRole, requireRoom } from '../role-writes.ts';
import { RoleDetail } from '../schemas.ts';

const input = z.object({
  key: Draft.shape.key,
  name: Draft.shape.name,
  description: Draft.shape.description.default(''),
  level: Draft.shape.level.default(50),
  maxRisk: Draft.shape.maxRisk.default('read'),
  patterns: Draft.shape.patterns,
  requiresMfa: Draft.shape.requiresMfa.default(false),
  cloneFrom: z.uuid().optional().meta({ title: 'Made from', help: 'The role that this one began as', widget: 'role' }),
});

async function draftFor(ctx: ReadContext, { cloneFrom: _, ...wanted }: z.output<typeof input>): Promise<Draft> {
  await requireSavable(ctx, wanted);
  return tidied(wanted);
}

export const rolesCreate = defineOperation({
  name: 'roles.create',
  summary: 'Make a role',
  description: 'It holds no permission that you do not hold, and no level above your own best.',
  permission: 'roles:write',
  risk: 'high',
  input,
  output: RoleDetail,
  async targets(ctx, { key, cloneFrom }) {
    const origin = cloneFrom ? [{ type: 'role', id: cloneFrom, name: (await findRole(ctx, cloneFrom)).key }] : [];
    return [{ type: 'role', id: 'new', name: key }, ...origin];
  },
  async plan(ctx, wanted) {
    const draft = await draftFor(ctx, wanted);
    await requireRoom(ctx, [draft.key]);
    return {
      summary: `Make role ${draft.name} with ${draft.patterns.length} permission patterns`,
      changes: [{ action: 'create', type: 'role', name: draft.key, fields: fieldsOf(null, draft) }],
      reversible: 'Delete the role.',
    };
  },
  async run(ctx, wanted) {
    const draft = await draftFor(ctx, wanted);
    return roleDetail(ctx, await insertRole(ctx, draft, wanted.cloneFrom ?? null));
  },
});
