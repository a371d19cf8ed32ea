import { z } from 'zod';
import type { ReportRow } from './tables.ts';

export const FORMATS = ['json', 'csv', 'ndjson', 'pdf'] as const;
export const GROUPS = ['user', 'target', 'operation', 'day'] as const;
export type GroupBy = (typeof GROUPS)[number];

/** What a report is narrowed down by; each kind takes some of them. */
export const Filters = z.strictObject({
  user: z.string().trim().min(1).max(200).optional().meta({ title: 'User', help: 'Id or e-mail address' }),
  target: z.string().trim().min(1).max(200).optional().meta({ title: 'Target', help: 'Id or name of a device, server, zone …' }),
  operation: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .optional()
    .meta({ title: 'Operation', examples: ['servers.resize', 'dns.*'] }),
  environment: z.string().trim().min(1).max(50).optional().meta({ title: 'Environment', help: 'Production (prod, production) when left out' }),
  result: z.string().trim().min(1).max(30).optional().meta({ title: 'Result' }),
  groupBy: z.enum(GROUPS).optional().meta({ title: 'Group by', help: 'One row for each user, target, operation or day' }),
});
export type Filters = z.output<typeof Filters>;
export type FilterName = keyof Filters;

const Time = z.iso.datetime();

export const ReportView = z.object({
  id: z.uuid(),
  kind: z.string(),
  format: z.enum(FORMATS),
  from: Time,
  to: Time,
  filters: Filters,
  cutoff: Time.meta({ help: 'Nothing that happened from this moment on is in it' }),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  filename: z.string(),
  rows: z.int(),
  bytes: z.int(),
  sha256: z.string().nullable(),
  manifest: z
    .object({ keyId: z.string(), signature: z.string() })
    .loose()
    .nullable()
    .meta({ help: 'Parameters, cut-off, row count and hash, signed with Ed25519; keys at /.well-known/switchyard-audit-keys.json' }),
  problem: z.string().nullable(),
  requestedBy: z.object({ id: z.string(), name: z.string() }),
  createdAt: Time,
  endedAt: Time.nullable(),
  expiresAt: Time,
});

export const reportView = (row: ReportRow): z.input<typeof ReportView> => ({
  id: row.id,
  kind: row.kind,
  format: row.format,
  from: row.from.toISOString(),
  to: row.to.toISOString(),
  filters: row.filters,
  cutoff: row.cutoff.toISOString(),
  state: row.state,
  filename: row.filename,
  rows: row.rows,
  bytes: row.bytes,
  sha256: row.sha256,
  manifest: row.manifest && { ...row.manifest },
  problem: row.problem,
  requestedBy: { id: row.requestedBy, name: row.requestedByName },
  createdAt: row.createdAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
  expiresAt: row.expiresAt.toISOString(),
});
