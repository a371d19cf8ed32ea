import type { Readable } from 'node:stream';
import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { definePort } from '#kernel/port.ts';
import type { Scope } from '#kernel/scope.ts';
import type { Filters } from '../schemas.ts';
import type { Format, ReportRow } from '../tables.ts';

export interface Wanted {
  actor: Actor;
  reach: readonly Scope[];
  kind: string;
  format: Format;
  from: Date;
  to: Date;
  cutoff: Date;
  filters: Filters;
  at: Date;
}

/** Makes reports, which write though who asks may only read. */
export interface Reports {
  /** Writes a small one at once and answers its bytes; a larger one is handed to a worker. */
  make: (wanted: Wanted) => Promise<{ row: ReportRow; content: Buffer | null }>;
  /** The file of a finished report, as a stream. */
  fileOf: (row: Pick<ReportRow, 'tenantId' | 'id'>) => Readable;
}
export const Reports = definePort<Reports>('reports.reports');

/** Signs what reports claim, with the key of the installation that signs the audit trail too (Ed25519). */
export interface Signatures {
  keyId: string;
  /** base64url */
  sign: (text: string) => string;
}

/** What schedules ask of the others. */
export interface Clockwork {
  /** Makes a report by `reports.generate`, through the Gate, as this person with what they may do now. Throws Problem. */
  generate: (owner: { tenantId: string; personId: string }, input: Record<string, unknown>) => Promise<{ id: string }>;
  /** Active people who may read reports of the whole tenant, by id. */
  readers: (db: Database, tenantId: string) => Promise<Map<string, { name: string }>>;
  /** Names of members, active or not. */
  named: (db: Database, tenantId: string, ids: readonly string[]) => Promise<ReadonlyMap<string, { name: string }>>;
}
export const Clockwork = definePort<Clockwork>('reports.clockwork');
