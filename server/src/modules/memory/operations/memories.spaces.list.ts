import { z } from 'zod';
import { and, asc, count, gt, max } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { visible } from '../find.ts';
import { memories } from '../tables.ts';

export const memoriesSpacesList = defineOperation({
  name: 'memories.spaces.list',
  summary: 'List the spaces of memory',
  description: 'Those that hold something you may see, with how much.',
  permission: 'memory:read',
  risk: 'read',
  route: { method: 'GET', path: '/memory-spaces' },
  input: z.object(pageInput),
  output: pageOf(z.object({ space: z.string(), memories: z.int(), changedAt: z.iso.datetime() })),
  targets: 'filter',
  async run(ctx, { cursor, limit }) {
    const after = decodeCursor(cursor, 1)?.[0];
    const wanted = and(await visible(ctx), after === undefined ? undefined : gt(memories.space, String(after)));
    const rows = await ctx.db.select({ space: memories.space, n: count(), at: max(memories.updatedAt) }).from(memories).where(wanted).groupBy(memories.space).orderBy(asc(memories.space)).limit(limit + 1); // prettier-ignore
    return toPage(rows, limit, ({ space }) => [space], ({ space, n, at }) => ({ space, memories: n, changedAt: at!.toISOString() })); // prettier-ignore
  },
});
