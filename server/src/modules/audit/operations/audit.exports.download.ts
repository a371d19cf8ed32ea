import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { exportById } from '../exports/store.ts';
import { Evidence } from '../providers/port.ts';
import type { ExportFormat } from '../tables.ts';

const TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  evidence: 'application/x-ndjson',
};

export const auditExportsDownload = defineOperation({
  name: 'audit.exports.download',
  summary: 'Download a finished export of audit entries',
  permission: 'audit:export',
  risk: 'read',
  sensitive: true,
  download: true,
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'GET', path: '/audit/exports/{id}/file' },
  input: z.object({ id: z.uuid().meta({ title: 'Export' }) }),
  output: z.object({ filename: z.string(), mediaType: z.string(), content: z.any().meta({ help: 'The file, as it is read' }) }),
  targets: 'none',
  async run(ctx, { id }) {
    const found = await exportById(ctx.db, ctx.tenantId, id);
    if (found.state !== 'done') throw new Problem('export-not-ready', `The export is ${found.state}. ${found.problem ?? 'Wait until it is done.'}`);
    return { filename: found.filename, mediaType: TYPES[found.format], content: ctx.provider(Evidence).fileOf(found) };
  },
});
