import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { findEntries, viewOf } from '../query.ts';
import { AuditEntryView, auditFilters } from '../schemas.ts';

export const auditList = defineOperation({
  name: 'audit.list',
  summary: 'List audit entries',
  description: 'Who called what, from where, on what, and how it was decided; newest first. Reads appear within a second.',
  permission: 'audit:read',
  risk: 'read',
  sensitive: true,
  route: { method: 'GET', path: '/audit/entries' },
  aliases: [{ method: 'GET', path: '/audit-logs' }],
  input: z.object({ ...auditFilters, ...pageInput }),
  output: pageOf(AuditEntryView),
  targets: 'none',
  async run(ctx, { cursor, limit, ...filters }) {
    const before = decodeCursor(cursor, 1)?.[0];
    const rows = await findEntries(ctx.db, ctx.tenantId, filters, { before: before === undefined ? undefined : String(before), limit: limit + 1 });
    return toPage(rows, limit, (row) => [row.id], viewOf);
  },
});
