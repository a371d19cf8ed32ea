import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { seerOf } from '#kernel/recall/labels.ts';
import { findMemory, linksOf, linkView, memoryTarget } from '../find.ts';
import { addLinks } from '../links.ts';
import { LinkTarget, MemoryLink, Relation } from '../schemas.ts';

export const memoriesLinksCreate = defineOperation({
  name: 'memories.links.create',
  summary: 'Link a memory to another or to a thing',
  description: 'A link that is there already stays as it is.',
  permission: 'memory:write',
  risk: 'write',
  route: { method: 'POST', path: '/memories/{id}/links' },
  input: z.object({ id: z.uuid().meta({ title: 'Memory' }), to: LinkTarget, relation: Relation }),
  output: z.object({ links: z.array(MemoryLink) }),
  targets: async (ctx, { id }) => [memoryTarget(await findMemory(ctx, id))],
  async plan(ctx, { id, to, relation }) {
    const row = await findMemory(ctx, id);
    return { summary: `Link "${row.key}" to ${to}`, changes: [{ action: 'update', type: 'memory', id, name: row.key, fields: [{ path: 'links', after: { relation, to } }] }], reversible: 'Remove the link.' }; // prettier-ignore
  },
  async run(ctx, { id, to, relation }) {
    const row = await findMemory(ctx, id, true);
    await addLinks(ctx, row, [{ to, relation }], await seerOf(ctx), ctx.now());
    return { links: (await linksOf(ctx, id)).map(linkView) };
  },
});
