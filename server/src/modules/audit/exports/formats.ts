import type { Database } from '#kernel/database.ts';
import { asc, and, gt, lt } from '#kernel/drizzle.ts';
import { idAt } from '#kernel/ids.ts';
import { csvHead, csvLine } from '../csv.ts';
import { conditions, viewOf, type Filters } from '../query.ts';
import { auditEntries, type AuditRow, type ExportFormat } from '../tables.ts';
import { timeOf } from '../chain/times.ts';
import { recordOf } from '../chain/record.ts';

/** One page of a file: its text, where to go on (null: at the end), how many entries it has, and how far in time it has come. */
export interface Page {
  text: string;
  next: string | null;
  rows: number;
  at: Date | null;
}

/** Text before, between and after entries, and of each one. */
const layouts: Record<Exclude<ExportFormat, 'evidence'>, { head: () => string; row: (row: AuditRow, first: boolean) => string; tail: string }> = {
  csv: { head: csvHead, row: (row) => csvLine(viewOf(row)), tail: '' },
  json: { head: () => '[', row: (row, first) => `${first ? '' : ','}\n${JSON.stringify(viewOf(row))}`, tail: '\n]\n' },
  ndjson: { head: () => '', row: (row) => `${JSON.stringify(recordOf(row))}\n`, tail: '' },
};

const ROWS = 2_000;

/** The page after entry `after` (null: the first), oldest first. */
export async function pageOf(
  db: Database,
  tenantId: string,
  format: Exclude<ExportFormat, 'evidence'>,
  filters: Filters,
  cutoff: Date,
  after: string | null,
): Promise<Page> {
  const layout = layouts[format];
  const { id } = auditEntries;
  const wanted = and(conditions(tenantId, filters), lt(id, idAt(cutoff)), after === null ? undefined : gt(id, after));
  const rows = await db.select().from(auditEntries).where(wanted).orderBy(asc(id)).limit(ROWS);
  const last = rows.length < ROWS;
  const text =
    (after === null ? layout.head() : '') + rows.map((row, n) => layout.row(row, after === null && n === 0)).join('') + (last ? layout.tail : '');
  const end = rows.at(-1)?.id;
  return { text, next: last ? null : end!, rows: rows.length, at: end === undefined ? null : timeOf(end) };
}
