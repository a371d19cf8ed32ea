import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { toCsv } from '../csv.ts';
import { findEntries, viewOf } from '../query.ts';
import { auditFilters } from '../schemas.ts';

const MOST = 10_000;

export const auditExport = defineOperation({
  name: 'audit.export',
  summary: 'Export audit entries as a file',
  description: `At most ${MOST} entries, at once; \`audit.exports.create\` takes any number.`,
  permission: 'audit:export',
  risk: 'read',
  sensitive: true,
  download: true,
  route: { method: 'GET', path: '/audit/export' },
  input: z.object({ ...auditFilters, format: z.enum(['csv', 'json']).default('csv').meta({ title: 'Format' }) }),
  output: z.object({ filename: z.string(), mediaType: z.string(), content: z.string() }),
  targets: 'none',
  async run(ctx, { format, ...filters }) {
    const rows = await findEntries(ctx.db, ctx.tenantId, filters, { limit: MOST + 1 });
    if (rows.length > MOST) throw new Problem('export-too-large', `More than ${MOST} entries match. Narrow the range with from and to.`);
    const entries = rows.map(viewOf);
    const filename = `audit-${ctx.actor.tenantSlug}-${ctx.now().toISOString().slice(0, 10)}.${format}`;
    return format === 'csv'
      ? { filename, mediaType: 'text/csv; charset=utf-8', content: toCsv(entries) }
      : { filename, mediaType: 'application/json', content: `${JSON.stringify(entries, null, 2)}\n` };
  },
});
