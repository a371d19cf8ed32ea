import type { Clock } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import { and, eq, inArray } from '#kernel/drizzle.ts';
import type { JobRun } from '#kernel/jobs.ts';
import { Problem } from '#kernel/problem.ts';
import type { Row } from './kind.ts';
import { kindOf } from './kinds/index.ts';
import { askOf, finish, headingOf, mine, type MakeDeps } from './make.ts';
import { rowsOf, type InTenant } from './rows.ts';
import { storeFile } from './store.ts';
import { reportParts, reports, type ReportRow } from './tables.ts';
import { bytesOf } from './write/bytes.ts';

const TRIES = 3;

async function begin(db: Database, tenantId: string, id: string, at: Date): Promise<ReportRow | undefined> {
  // An attempt that was cut off left parts; the file is written again from its beginning.
  await db.delete(reportParts).where(and(eq(reportParts.tenantId, tenantId), eq(reportParts.reportId, id)));
  const open = and(mine({ tenantId, id }), inArray(reports.state, ['waiting', 'running']));
  const [row] = await db.update(reports).set({ state: 'running', updatedAt: at }).where(open).returning();
  return row;
}

/** Writes one report in pages and parts, so that its size does not matter to the memory of the process. */
export async function runReport(deps: MakeDeps & { now: Clock }, { data, attempt, signal }: JobRun): Promise<void> {
  const { databases, live, now, signatures } = deps;
  const { tenantId, reportId } = data as { tenantId: string; reportId: string };
  const inTenant: InTenant = (work) => databases.tenant({ tenantId, operation: 'reports.generate' }, work);
  const row = await inTenant((db) => begin(db, tenantId, reportId, now()));
  if (!row) return;
  let rows = 0;
  async function* counted(pages: AsyncIterable<readonly Row[]>): AsyncGenerator<readonly Row[]> {
    for await (const page of pages) {
      rows += page.length;
      yield page;
    }
  }
  try {
    const kind = kindOf(row.kind);
    const pages = counted(rowsOf(kind, askOf({ ...row, at: row.createdAt }), inTenant, signal));
    const file = await storeFile(row, bytesOf(row.format, headingOf(row), kind.columns(row.filters), pages), inTenant);
    await inTenant((db) => finish(db, row, { rows, ...file }, signatures(), now()));
  } catch (error) {
    const final = error instanceof Problem;
    if (signal.aborted || (attempt < TRIES && !final)) throw error;
    const problem = final ? error.message : 'The report was tried several times and failed. Narrow the range, or ask who runs the installation to look into the log.'; // prettier-ignore
    await inTenant((db) => db.update(reports).set({ state: 'failed', problem, endedAt: now(), updatedAt: now() }).where(mine(row)));
    if (!final) throw error;
  } finally {
    for (const topic of [`tenant:${tenantId}`, 'outbox']) live.publish(topic);
  }
}
