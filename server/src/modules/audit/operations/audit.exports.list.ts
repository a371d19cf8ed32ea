import { z } from 'zod';
import { and, desc, eq, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { ExportView, exportView } from '../exports/schemas.ts';
import { exports } from '../tables.ts';

export const auditExportsList = defineOperation({
  name: 'audit.exports.list',
  summary: 'List exports of audit entries',
  permission: 'audit:export',
  risk: 'read',
  route: { method: 'GET', path: '/audit/exports' },
  input: z.object(pageInput),
  output: pageOf(ExportView),
  targets: 'none',
  async run(ctx, { cursor, limit }) {
    const before = decodeCursor(cursor, 1)?.[0];
    const older = before === undefined ? undefined : lt(exports.id, String(before));
    const rows = await ctx.db.select().from(exports).where(and(eq(exports.tenantId, ctx.tenantId), older)).orderBy(desc(exports.id)).limit(limit + 1); // prettier-ignore
    return toPage(rows, limit, ({ id }) => [id], exportView);
  },
});
