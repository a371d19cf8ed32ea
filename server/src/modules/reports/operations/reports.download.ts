import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Reports } from '../providers/port.ts';
import type { Format } from '../tables.ts';
import { reportById } from '../visible.ts';

const TYPES: Record<Format, string> = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson',
  pdf: 'application/pdf',
};

export const reportsDownload = defineOperation({
  name: 'reports.download',
  summary: 'Download a finished report',
  permission: 'reports:read',
  risk: 'read',
  sensitive: true,
  download: true,
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'GET', path: '/reports/{id}/file' },
  input: z.object({ id: z.uuid().meta({ title: 'Report' }) }),
  output: z.object({ filename: z.string(), mediaType: z.string(), content: z.any().meta({ help: 'The file, as it is read' }) }),
  targets: 'filter',
  async run(ctx, { id }) {
    const row = await reportById(ctx, id);
    if (row.state !== 'done') throw new Problem('report-not-ready', `The report is ${row.state}. ${row.problem ?? 'Wait until it is done.'}`);
    return { filename: row.filename, mediaType: TYPES[row.format], content: ctx.provider(Reports).fileOf(row) };
  },
});
