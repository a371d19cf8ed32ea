import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { nestingOf, requireSound } from '../group-edit.ts';
import { Group, GroupFields, type GroupDraft } from '../group-schemas.ts';
import { groupFields, groupView, inTurn, named, requireFree, setChildren, tidy } from '../group-writes.ts';
import { groups } from '../tables.ts';

const input = z.object({
  name: GroupFields.name,
  description: GroupFields.description.default(''),
  ownerId: GroupFields.ownerId.default(null),
  members: GroupFields.members.default([]),
  selector: GroupFields.selector.default(null),
  groups: GroupFields.groups.default([]),
});

async function draftFor(ctx: ReadContext, said: GroupDraft): Promise<GroupDraft> {
  const draft = tidy(said);
  await requireSound(ctx, 'new', draft, await nestingOf(ctx));
  await requireFree(ctx, draft.name);
  return draft;
}

export const groupsCreate = defineOperation({
  name: 'groups.create',
  summary: 'Make a resource group',
  description: 'A name for resources, to be used in Scopes: fixed members, a selector, or other groups, three levels deep at most.',
  permission: 'groups:write',
  risk: 'write',
  input,
  output: Group,
  targets: (_ctx, { name }) => [{ type: 'group', id: 'new', name }],
  async plan(ctx, said) {
    const draft = await draftFor(ctx, said);
    return {
      summary: `Make group ${draft.name}`,
      changes: [{ action: 'create', type: 'group', name: draft.name, fields: groupFields(null, draft) }],
      reversible: 'Delete the group.',
    };
  },
  async run(ctx, said) {
    await inTurn(ctx);
    const { groups: children, ...draft } = await draftFor(ctx, said);
    const at = ctx.now();
    const [row] = await named(
      draft.name,
      ctx.db
        .insert(groups)
        .values({ tenantId: ctx.tenantId, id: newId(), ...draft, createdAt: at, updatedAt: at })
        .returning(),
    );
    await setChildren(ctx, row!.id, children);
    ctx.emit('group.created', { groupId: row!.id, name: row!.name });
    return groupView(ctx, row!, children);
  },
});
