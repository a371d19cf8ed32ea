import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { findGroup, usesOf } from '../group-edit.ts';
import { withAncestors } from '../group-rules.ts';
import { Group } from '../group-schemas.ts';
import { groupView } from '../group-writes.ts';

export const groupsGet = defineOperation({
  name: 'groups.get',
  summary: 'Show a resource group',
  permission: 'groups:read',
  risk: 'read',
  input: z.object({ id: z.uuid() }),
  output: Group.extend({ usedBy: z.int().meta({ help: 'Grants whose Scope names it, or a group that holds it' }) }),
  targets: async (ctx, { id }) => [{ type: 'group', id, name: (await findGroup(ctx, id)).row.name }],
  async run(ctx, { id }) {
    const { row, nesting, content } = await findGroup(ctx, id);
    const usedBy = (await usesOf(ctx, withAncestors(nesting, id))).length;
    return { ...(await groupView(ctx, row, content.groups)), usedBy };
  },
});
