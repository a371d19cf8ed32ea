import { z } from 'zod';
import type { ExportRow } from '../tables.ts';

export const ExportView = z.object({
  id: z.uuid(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  format: z.enum(['csv', 'json', 'ndjson', 'evidence']),
  filters: z.record(z.string(), z.string()),
  cutoff: z.iso.datetime().meta({ help: 'Entries from this moment on are not in it' }),
  filename: z.string(),
  requestedBy: z.object({ id: z.string(), name: z.string() }),
  rows: z.int(),
  bytes: z.int(),
  percent: z.int(),
  sha256: z.string().nullable(),
  manifest: z.object({ keyId: z.string(), signature: z.string() }).loose().nullable(),
  problem: z.string().nullable(),
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime(),
});

export const exportView = (row: ExportRow): z.input<typeof ExportView> => ({
  id: row.id,
  state: row.state,
  format: row.format,
  filters: row.filters,
  cutoff: row.cutoff.toISOString(),
  filename: row.filename,
  requestedBy: { id: row.requestedBy, name: row.requestedByName },
  rows: row.rows,
  bytes: row.bytes,
  percent: row.percent,
  sha256: row.sha256,
  manifest: row.manifest && { ...row.manifest },
  problem: row.problem,
  createdAt: row.createdAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
  expiresAt: row.expiresAt.toISOString(),
});
