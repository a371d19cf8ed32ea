import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { findMemory, memoryTarget } from '../find.ts';
import { memoryLinks } from '../tables.ts';

const own = ({ tenantId }: ReadContext, id: string, linkId: string) => and(eq(memoryLinks.tenantId, tenantId), eq(memoryLinks.memoryId, id), eq(memoryLinks.id, linkId)); // prettier-ignore

export const memoriesLinksDelete = defineOperation({
  name: 'memories.links.delete',
  summary: 'Remove a link of a memory',
  permission: 'memory:write',
  risk: 'write',
  route: { method: 'DELETE', path: '/memories/{id}/links/{linkId}' },
  input: z.object({ id: z.uuid().meta({ title: 'Memory' }), linkId: z.uuid().meta({ title: 'Link' }) }),
  output: z.object({ id: z.uuid() }),
  targets: async (ctx, { id }) => [memoryTarget(await findMemory(ctx, id))],
  async plan(ctx, { id, linkId }) {
    const row = await findMemory(ctx, id);
    const [link] = await ctx.db
      .select()
      .from(memoryLinks)
      .where(own(ctx, id, linkId));
    if (!link) throw new Problem('memory-link-not-found', `"${row.key}" has no link ${linkId}.`);
    return { summary: `Remove a link of "${row.key}"`, changes: [{ action: 'update', type: 'memory', id, name: row.key, fields: [{ path: 'links', before: { relation: link.relation, to: `${link.toType}:${link.toId}` } }] }] }; // prettier-ignore
  },
  async run(ctx, { id, linkId }) {
    const gone = await ctx.db
      .delete(memoryLinks)
      .where(own(ctx, id, linkId))
      .returning({ id: memoryLinks.id });
    if (gone.length === 0) throw new Problem('memory-link-not-found', `The memory has no link ${linkId}.`);
    return { id: linkId };
  },
});
