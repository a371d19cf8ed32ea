import { z } from 'zod';
import { and, desc, eq, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { findMemory, memoryTarget } from '../find.ts';
import { MemoryVersion } from '../schemas.ts';
import { memoryVersions } from '../tables.ts';
import { versionView } from '../view.ts';

export const memoriesVersionsList = defineOperation({
  name: 'memories.versions.list',
  summary: 'List what a memory said before',
  description: 'Newest first; what was stored with the strategy `version`.',
  permission: 'memory:read',
  risk: 'read',
  route: { method: 'GET', path: '/memories/{id}/versions' },
  input: z.object({ id: z.uuid().meta({ title: 'Memory' }), ...pageInput }),
  output: pageOf(MemoryVersion),
  targets: async (ctx, { id }) => [memoryTarget(await findMemory(ctx, id))],
  async run(ctx, { id, cursor, limit }) {
    const before = decodeCursor(cursor, 1)?.[0];
    const mine = and(eq(memoryVersions.tenantId, ctx.tenantId), eq(memoryVersions.memoryId, id), before === undefined ? undefined : lt(memoryVersions.number, Number(before) || 0)); // prettier-ignore
    const rows = await ctx.db.select().from(memoryVersions).where(mine).orderBy(desc(memoryVersions.number)).limit(limit + 1); // prettier-ignore
    return toPage(rows, limit, ({ number }) => [number], versionView);
  },
});
