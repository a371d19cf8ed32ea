import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { ExportView, exportView } from '../exports/schemas.ts';
import { Evidence } from '../providers/port.ts';
import { auditFilters } from '../schemas.ts';

export const auditExportsCreate = defineOperation({
  name: 'audit.exports.create',
  summary: 'Export any number of audit entries into a file',
  description:
    'A worker writes the file; follow it with `audit.exports.get` and fetch it with `audit.exports.download`. It comes with its SHA-256 and a signed manifest. `evidence` is the hash chain with every entry and anchor, for the offline verifier; it takes `from` and `to` and no other filter.',
  permission: 'audit:export',
  risk: 'read',
  sensitive: true,
  route: { method: 'POST', path: '/audit/exports' },
  aliases: [{ method: 'POST', path: '/audit-logs/export' }],
  input: z.object({ ...auditFilters, format: z.enum(['csv', 'json', 'ndjson', 'evidence']).default('csv').meta({ title: 'Format' }) }),
  output: ExportView,
  targets: 'none',
  async run(ctx, { format, start, end, ...others }) {
    const filters = Object.fromEntries(Object.entries({ ...others, from: others.from ?? start, to: others.to ?? end }).filter(([, value]) => value !== undefined)) as Record<string, string>; // prettier-ignore
    const narrowing = Object.keys(filters).filter((name) => name !== 'from' && name !== 'to');
    if (format === 'evidence' && narrowing.length > 0)
      throw new Problem('validation-failed', 'The chain is exported whole: a part of its links proves nothing. Leave the filters out.', { errors: narrowing.map((name) => ({ pointer: `/${name}`, message: 'Not with format “evidence”' })) }); // prettier-ignore
    return exportView(await ctx.provider(Evidence).beginExport({ actor: ctx.actor, format, filters, at: ctx.now() }));
  },
});
