import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { findGroup, requireEditable, requireSound, type Use } from '../group-edit.ts';
import { Group, GroupFields, type GroupDraft } from '../group-schemas.ts';
import { groupFields, groupView, inTurn, named, requireFree, setChildren, tidy } from '../group-writes.ts';
import { People, RightsChanged } from '../providers/port.ts';
import { requireSeen } from '../role-writes.ts';
import { groups, type GroupRow } from '../tables.ts';

const input = z.object(GroupFields).partial().extend({ id: z.uuid() });
type Input = z.output<typeof input>;

interface Edit {
  row: GroupRow;
  before: GroupDraft;
  after: GroupDraft;
  uses: Use[];
}

async function editFor(ctx: ReadContext, { id, ...said }: Input): Promise<Edit> {
  const { row, nesting, content: before } = await findGroup(ctx, id);
  requireSeen(ctx, row.name, row.version);
  const fields = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as Partial<GroupDraft>;
  const { name, description, ownerId, members, selector, groups: children } = { ...before, ...fields };
  const after = tidy({ name, description, ownerId, members, selector, groups: children });
  await requireSound(ctx, id, after, nesting);
  if (after.name !== row.name) await requireFree(ctx, after.name, id);
  return { row, before, after, uses: await requireEditable(ctx, id, before, after, nesting) };
}

export const groupsUpdate = defineOperation({
  name: 'groups.update',
  summary: 'Change a resource group',
  description:
    'Who reaches things through the group reaches what it holds from then on, within a second. A group that the grants of others name is changed at high risk, and nobody adds to it what they could not grant.',
  permission: 'groups:write',
  risk: 'write',
  input,
  output: Group,
  targets: async (ctx, { id }) => [{ type: 'group', id, name: (await findGroup(ctx, id)).row.name }],
  async plan(ctx, wanted) {
    const { row, before, after, uses } = await editFor(ctx, wanted);
    const people = await ctx.provider(People).named(ctx.db, ctx.tenantId, uses.map(({ grant }) => grant.subjectId)); // prettier-ignore
    const others = uses.filter(({ grant }) => grant.subjectId !== ctx.actor.id);
    return {
      summary: `Change group ${row.name}${uses.length > 0 ? `, which ${uses.length} ${uses.length === 1 ? 'grant names' : 'grants name'}` : ''}`,
      ...(others.length > 0 ? { risk: 'high' as const } : {}),
      changes: [
        { action: 'update', type: 'group', id: row.id, name: row.name, fields: groupFields(before, after) },
        ...uses.slice(0, 50).map(({ grant, role }) => ({
          action: 'update' as const,
          type: 'member',
          id: grant.subjectId,
          name: people.get(grant.subjectId)?.name ?? 'A former member',
          fields: [{ path: 'reaches', after: `what the group holds, as ${role.key}` }],
        })),
      ],
      facts: { grants: uses.length },
      reversible: 'Change it back.',
      observed: { [`group ${row.id}`]: String(row.version) },
    };
  },
  async run(ctx, wanted) {
    await inTurn(ctx);
    const { row, after } = await editFor(ctx, wanted);
    const { groups: children, ...columns } = after;
    const mine = and(eq(groups.tenantId, ctx.tenantId), eq(groups.id, row.id), eq(groups.version, row.version));
    const save = ctx.db.update(groups).set({ ...columns, version: row.version + 1, updatedAt: ctx.now() }).where(mine).returning(); // prettier-ignore
    const [saved] = await named(after.name, save);
    if (!saved) throw new Problem('version-conflict', `"${row.name}" was changed in the meantime. Read it again and repeat your edit.`);
    await setChildren(ctx, row.id, children);
    ctx.provider(RightsChanged).changing(ctx.tenantId);
    ctx.emit('group.updated', { groupId: row.id, name: after.name });
    return groupView(ctx, saved, children);
  },
});
