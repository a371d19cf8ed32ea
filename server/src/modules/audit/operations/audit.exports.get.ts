import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { ExportView, exportView } from '../exports/schemas.ts';
import { exportById } from '../exports/store.ts';

export const auditExportsGet = defineOperation({
  name: 'audit.exports.get',
  summary: 'Show how far an export of audit entries is',
  permission: 'audit:export',
  risk: 'read',
  route: { method: 'GET', path: '/audit/exports/{id}' },
  input: z.object({ id: z.uuid().meta({ title: 'Export' }) }),
  output: ExportView,
  targets: 'none',
  run: async (ctx, { id }) => exportView(await exportById(ctx.db, ctx.tenantId, id)),
});
