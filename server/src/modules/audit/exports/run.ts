import { createHash, type Hash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Clock } from '#kernel/clock.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import { canonicalJson } from '#kernel/ids.ts';
import type { JobRun } from '#kernel/jobs.ts';
import type { Live } from '#kernel/live.ts';
import type { Signer } from '../chain/signing.ts';
import type { Filters } from '../query.ts';
import { exportParts, exports, type ExportRow, type Manifest } from '../tables.ts';
import { evidencePage } from './evidence.ts';
import { pageOf, type Page } from './formats.ts';

export interface ExportDeps {
  databases: Databases;
  live: Live;
  now: Clock;
  signer: Signer;
}

/** Text that is gathered before it becomes a part: what an export holds in memory, besides one page of entries. */
const PART = 1 << 20;
const TRIES = 3;

const mine = ({ tenantId, id }: Pick<ExportRow, 'tenantId' | 'id'>) => and(eq(exports.tenantId, tenantId), eq(exports.id, id));

async function begin(db: Database, tenantId: string, id: string, at: Date): Promise<ExportRow | undefined> {
  // An attempt that was cut off left parts; the file is written again from its beginning.
  await db.delete(exportParts).where(and(eq(exportParts.tenantId, tenantId), eq(exportParts.exportId, id)));
  const [row] = await db
    .update(exports)
    .set({ state: 'running', rows: 0, bytes: 0, percent: 0, problem: null, updatedAt: at })
    .where(and(mine({ tenantId, id }), sql`state in ('waiting', 'running')`))
    .returning();
  return row;
}

interface File {
  hash: Hash;
  text: string;
  parts: number;
  rows: number;
  bytes: number;
}

/** Puts what has gathered into the database, once it is enough for a part or `all` is to go. */
async function store(db: Database, { tenantId, id }: ExportRow, file: File, all: boolean): Promise<void> {
  if (file.text === '' || (!all && file.text.length < PART)) return;
  const bytes = Buffer.from(file.text);
  file.text = '';
  file.hash.update(bytes);
  file.bytes += bytes.length;
  await db.insert(exportParts).values({ tenantId, exportId: id, number: file.parts, data: gzipSync(bytes, { level: 3 }) });
  file.parts += 1;
}

const shareOf = (begun: number, cutoff: number, at: Date): number =>
  Math.min(99, Math.max(0, Math.floor(((at.getTime() - begun) / Math.max(1, cutoff - begun)) * 100)));

async function write(deps: ExportDeps, row: ExportRow, signal: AbortSignal): Promise<File> {
  const { databases, live, now, signer } = deps;
  const { tenantId, format, cutoff } = row;
  const filters = row.filters as Filters;
  const file: File = { hash: createHash('sha256'), text: '', parts: 0, rows: 0, bytes: 0 };
  let begun = filters.from ? Date.parse(filters.from) : undefined;
  for (let next: string | null | undefined; next !== null;) {
    signal.throwIfAborted();
    const after: string | null = next ?? null;
    const page: Page = await databases.tenant({ tenantId, operation: 'audit.exports.create' }, async (db) => {
      const found = format === 'evidence' ? await evidencePage(db, tenantId, signer, filters, cutoff, after) : await pageOf(db, tenantId, format, filters, cutoff, after); // prettier-ignore
      file.text += found.text;
      file.rows += found.rows;
      await store(db, row, file, found.next === null);
      begun ??= found.at?.getTime();
      const percent = found.at && begun !== undefined ? shareOf(begun, cutoff.getTime(), found.at) : 0;
      await db.update(exports).set({ rows: file.rows, bytes: file.bytes, percent, updatedAt: now() }).where(mine(row));
      return found;
    });
    next = page.next;
    live.publish(`tenant:${tenantId}`);
  }
  return file;
}

async function finish({ databases, now, signer }: ExportDeps, row: ExportRow, file: File): Promise<void> {
  const { tenantId, id, format, filters, cutoff } = row;
  const facts = { format, filters, cutoff: cutoff.toISOString(), rows: file.rows, bytes: file.bytes, sha256: file.hash.digest('hex') };
  const signed = canonicalJson({ type: 'switchyard-audit-export', version: 1, tenantId, exportId: id, ...facts });
  const manifest: Manifest = { ...facts, keyId: signer.keyId, signature: signer.sign(signed) };
  await databases.tenant({ tenantId }, async (db) => {
    const at = now();
    await db.update(exports).set({ state: 'done', percent: 100, rows: file.rows, bytes: file.bytes, sha256: facts.sha256, manifest, endedAt: at, updatedAt: at }).where(mine(row)); // prettier-ignore
    await appendEvents(db, tenantId, [{ type: 'audit.export_ready', data: { exportId: id, filename: row.filename, rows: file.rows, recipients: [row.requestedBy] } }], null); // prettier-ignore
  });
}

/** Writes the file of one export in pages and parts, so that its size does not matter to the memory of the process. */
export async function runExport(deps: ExportDeps, { data, attempt, signal }: JobRun): Promise<void> {
  const { tenantId, exportId } = data as { tenantId: string; exportId: string };
  const row = await deps.databases.tenant({ tenantId }, (db) => begin(db, tenantId, exportId, deps.now()));
  if (!row) return;
  try {
    await finish(deps, row, await write(deps, row, signal));
  } catch (error) {
    if (signal.aborted || attempt < TRIES) throw error;
    const at = deps.now();
    const problem = 'The export was tried several times and failed. Narrow the range, or ask who runs the installation to look into the log.';
    await deps.databases.tenant({ tenantId }, (db) =>
      db.update(exports).set({ state: 'failed', problem, endedAt: at, updatedAt: at }).where(mine(row)),
    );
    throw error;
  } finally {
    for (const topic of [`tenant:${tenantId}`, 'outbox']) deps.live.publish(topic);
  }
}
