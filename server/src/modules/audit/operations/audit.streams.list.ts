import { z } from 'zod';
import { asc, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { headOf } from '../chain/sealer.ts';
import { Stream } from '../streams/schemas.ts';
import { streamView } from '../streams/store.ts';
import { streams } from '../streams/tables.ts';

export const auditStreamsList = defineOperation({
  name: 'audit.streams.list',
  summary: 'List where the audit trail is sent, and how far each has come',
  permission: 'audit:read',
  risk: 'read',
  route: { method: 'GET', path: '/audit/streams' },
  input: z.object({}),
  output: z.object({ items: z.array(Stream) }),
  targets: 'none',
  async run(ctx) {
    const { seq } = await headOf(ctx.db, ctx.tenantId);
    const rows = await ctx.db.select().from(streams).where(eq(streams.tenantId, ctx.tenantId)).orderBy(asc(streams.name)).limit(100);
    return { items: await Promise.all(rows.map((row) => streamView(ctx, row, seq))) };
  },
});
