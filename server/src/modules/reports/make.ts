import type { Database, Databases } from '#kernel/database.ts';
import { and, count, eq, inArray } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import { newId } from '#kernel/ids.ts';
import type { Jobs } from '#kernel/jobs.ts';
import type { Live } from '#kernel/live.ts';
import { Problem } from '#kernel/problem.ts';
import type { Row } from './kind.ts';
import { kindOf } from './kinds/index.ts';
import { takePicture } from './pictures.ts';
import type { Reports, Signatures, Wanted } from './providers/port.ts';
import { rowsOf, type InTenant } from './rows.ts';
import { fileOf, storeFile } from './store.ts';
import { reports, type ReportRow } from './tables.ts';
import { bytesOf } from './write/bytes.ts';
import { manifestOf } from './write/manifest.ts';

export interface MakeDeps {
  databases: Databases;
  jobs: Jobs;
  live: Live;
  signatures: () => Signatures;
}

/** Rows that a report may have to be written while its caller waits. */
const INLINE = 1_000;
/** Reports of one tenant that wait or run; more are refused. */
const AT_ONCE = 3;
const KEPT_MS = 400 * 86_400_000;

export const mine = ({ tenantId, id }: Pick<ReportRow, 'tenantId' | 'id'>) => and(eq(reports.tenantId, tenantId), eq(reports.id, id));
export const askOf = ({ tenantId, from, to, cutoff, filters, reach }: Omit<Wanted, 'actor'> & { tenantId: string }) => ({ tenantId, from, to, cutoff, filters, reach }); // prettier-ignore
export const headingOf = ({ kind, from, to, cutoff, filters }: Pick<ReportRow, 'kind' | 'from' | 'to' | 'cutoff' | 'filters'>) => ({
  kind,
  title: kindOf(kind).title,
  from: from.toISOString(),
  to: to.toISOString(),
  cutoff: cutoff.toISOString(),
  filters,
});

/** The first pages of a report, up to what is written at once, or undefined where there is more. */
async function fewRows(pages: AsyncIterable<readonly Row[]>): Promise<Row[] | undefined> {
  const found: Row[] = [];
  for await (const rows of pages) {
    found.push(...rows);
    if (found.length > INLINE) return undefined;
  }
  return found;
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}

const rowFor = ({ actor, kind, format, from, to, cutoff, filters, reach, at }: Wanted) => {
  const [id, days] = [newId(), `${from.toISOString().slice(0, 10)}-${to.toISOString().slice(0, 10)}`];
  const filename = `${kind}-${actor.tenantSlug}-${days}.${format}`;
  return { tenantId: actor.tenantId, id, kind, format, from, to, cutoff, filters, reach: [...reach], filename, requestedBy: actor.id, requestedByName: actor.name, expiresAt: new Date(at.getTime() + KEPT_MS), createdAt: at, updatedAt: at }; // prettier-ignore
};

async function requireRoom(db: Database, tenantId: string): Promise<void> {
  const open = and(eq(reports.tenantId, tenantId), inArray(reports.state, ['waiting', 'running']));
  const [found] = await db.select({ n: count() }).from(reports).where(open);
  if ((found?.n ?? 0) >= AT_ONCE) throw new Problem('report-busy', `${AT_ONCE} reports of this tenant are under way already. Wait until one of them is done.`, { retryAfterSeconds: 30 }); // prettier-ignore
}

/** Marks a report as done and says so. */
export async function finish(db: Database, row: ReportRow, made: { rows: number; bytes: number; sha256: string }, signatures: Signatures, at: Date) {
  const manifest = manifestOf(row, made, signatures);
  const [done] = await db.update(reports).set({ state: 'done', ...made, manifest, endedAt: at, updatedAt: at }).where(mine(row)).returning(); // prettier-ignore
  const data = { reportId: row.id, kind: row.kind, filename: row.filename, rows: made.rows, recipients: [row.requestedBy] };
  await appendEvents(db, row.tenantId, [{ type: 'report.ready', data }], null);
  return done!;
}

/** Makes reports: what is small at once, what is not by a worker. */
export function createReports({ databases, jobs, live, signatures }: MakeDeps): Reports {
  async function write(wanted: Wanted, rows: Row[]): Promise<{ row: ReportRow; content: Buffer }> {
    const { tenantId, id: actorId } = wanted.actor;
    const columns = kindOf(wanted.kind).columns(wanted.filters);
    return databases.tenant({ tenantId, actorId, operation: 'reports.generate' }, async (db) => {
      const [row] = await db.insert(reports).values({ ...rowFor(wanted), state: 'running' }).returning(); // prettier-ignore
      const chunks: Buffer[] = [];
      for await (const chunk of bytesOf(row!.format, headingOf(row!), columns, once(rows))) chunks.push(chunk);
      const content = Buffer.concat(chunks);
      const file = await storeFile(row!, once(content), (work) => work(db));
      return { row: await finish(db, row!, { rows: rows.length, ...file }, signatures(), wanted.at), content };
    });
  }

  async function handOn(wanted: Wanted): Promise<ReportRow> {
    const { tenantId, id: actorId } = wanted.actor;
    const row = await databases.tenant({ tenantId, actorId, operation: 'reports.generate' }, async (db) => {
      await requireRoom(db, tenantId);
      const [made] = await db.insert(reports).values({ ...rowFor(wanted), state: 'waiting' }).returning(); // prettier-ignore
      await jobs.enqueue(db, 'export', { tenantId, reportId: made!.id });
      return made!;
    });
    jobs.wake('export');
    return row;
  }

  return {
    async make(wanted) {
      const { tenantId } = wanted.actor;
      const reading: InTenant = (work) => databases.tenant({ tenantId, readOnly: true, operation: 'reports.generate' }, work);
      const [kind, ask] = [kindOf(wanted.kind), askOf({ ...wanted, tenantId })];
      const writing: InTenant = (work) => databases.tenant({ tenantId, actorId: wanted.actor.id, operation: 'reports.generate' }, work);
      if (kind.picture) await takePicture(kind, ask, wanted.at, writing);
      const rows = await fewRows(rowsOf(kind, ask, reading));
      const made = rows ? await write(wanted, rows) : { row: await handOn(wanted), content: null };
      for (const topic of [`tenant:${tenantId}`, 'outbox']) live.publish(topic);
      return made;
    },
    fileOf: (row) => fileOf(databases, row),
  };
}
