import { z } from 'zod';
import type { GroupRow } from './tables.ts';

/** governance.md 18; members as many as a clause of a Scope takes. */
export const GROUPS = { perTenant: 1_000, members: 1_000, children: 50 } as const;

const Member = z.strictObject({ type: z.string().min(1).max(50), id: z.string().min(1).max(200) });
const Selector = z
  .strictObject({
    type: z
      .string()
      .min(1)
      .max(50)
      .optional()
      .meta({ title: 'Type', examples: ['server'] }),
    environments: z.array(z.string().min(1).max(50)).min(1).max(50).optional().meta({ title: 'Environments' }),
    labels: z.record(z.string().min(1).max(100), z.string().max(200)).optional().meta({ title: 'Labels' }),
  })
  .refine(
    ({ type, environments, labels }) => type !== undefined || environments !== undefined || Object.keys(labels ?? {}).length > 0,
    'A selector of nothing would hold everything',
  );

export const GroupFields = {
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .meta({ title: 'Name', examples: ['Core routers'] }),
  description: z.string().trim().max(500).meta({ title: 'Description', widget: 'textarea' }),
  ownerId: z.uuid().nullable().meta({ title: 'Answerable', widget: 'member' }),
  members: z.array(Member).max(GROUPS.members).meta({ title: 'Members', help: 'Resources by type and id', widget: 'resources' }),
  selector: Selector.nullable().meta({ title: 'Selector', help: 'Members by their properties; all that are said must fit' }),
  groups: z.array(z.uuid()).max(GROUPS.children).meta({ title: 'Groups within', help: 'Three levels at most', widget: 'groups' }),
};
const Draft = z.object(GroupFields);
export type GroupDraft = z.infer<typeof Draft>;

const Owner = z.object({ id: z.uuid(), name: z.string() });
export const Group = z.object({
  id: z.uuid(),
  ...GroupFields,
  ownerId: z.uuid().nullable(),
  owner: Owner.nullable(),
  version: z.int(),
  createdAt: z.iso.datetime(),
});
export const group = (row: GroupRow, children: string[], owner: { id: string; name: string } | undefined): z.input<typeof Group> => ({
  id: row.id, name: row.name, description: row.description, ownerId: row.ownerId, owner: owner ? { id: owner.id, name: owner.name } : null,
  members: row.members, selector: row.selector, groups: children, version: row.version, createdAt: row.createdAt.toISOString(),
}); // prettier-ignore
