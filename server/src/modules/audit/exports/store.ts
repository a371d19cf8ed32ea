import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import type { Actor } from '#kernel/context.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { Jobs } from '#kernel/jobs.ts';
import { Problem } from '#kernel/problem.ts';
import { exportParts, exports, type ExportFormat, type ExportRow } from '../tables.ts';

const KEPT_DAYS = 30;
const DAY = 86_400_000;
/** Exports of one tenant that wait or run; more are refused. */
const AT_ONCE = 3;

/** Begins an export and hands it to a worker. */
export async function beginExport(
  { databases, jobs }: { databases: Databases; jobs: Jobs },
  { actor, format, filters, at }: { actor: Actor; format: ExportFormat; filters: Record<string, string>; at: Date },
): Promise<ExportRow> {
  const { tenantId } = actor;
  const made = await databases.tenant({ tenantId, actorId: actor.id, operation: 'audit.exports.create' }, async (db) => {
    const open = await db.$count(exports, and(eq(exports.tenantId, tenantId), eq(exports.state, 'running')));
    const waiting = await db.$count(exports, and(eq(exports.tenantId, tenantId), eq(exports.state, 'waiting')));
    if (open + waiting >= AT_ONCE)
      throw new Problem('export-busy', `${AT_ONCE} exports of this tenant are under way already. Wait until one of them is done.`, {
        retryAfterSeconds: 30,
      });
    const id = newId();
    const extension = format === 'evidence' ? 'evidence.ndjson' : format;
    const filename = `audit-${actor.tenantSlug}-${at.toISOString().slice(0, 10)}-${id.slice(-6)}.${extension}`;
    const [row] = await db
      .insert(exports)
      .values({ tenantId, id, state: 'waiting', format, filters, cutoff: at, filename, requestedBy: actor.id, requestedByName: actor.name, expiresAt: new Date(at.getTime() + KEPT_DAYS * DAY) })
      .returning(); // prettier-ignore
    await jobs.enqueue(db, 'export', { tenantId, exportId: id });
    return row!;
  });
  jobs.wake('export');
  return made;
}

export async function exportById(db: Database, tenantId: string, id: string): Promise<ExportRow> {
  const [row] = await db
    .select()
    .from(exports)
    .where(and(eq(exports.tenantId, tenantId), eq(exports.id, id)));
  if (!row) throw new Problem('export-not-found', `There is no audit export ${id} in this tenant. Exports are kept for ${KEPT_DAYS} days.`);
  return row;
}

/** The file, read part by part as fast as the reader takes it. */
export function fileOf(databases: Databases, { tenantId, id }: Pick<ExportRow, 'tenantId' | 'id'>): Readable {
  async function* parts(): AsyncGenerator<Buffer> {
    for (let number = 0; ; number++) {
      const wanted = and(eq(exportParts.tenantId, tenantId), eq(exportParts.exportId, id), eq(exportParts.number, number));
      const [part] = await databases.tenant({ tenantId, readOnly: true }, (db) =>
        db.select({ data: exportParts.data }).from(exportParts).where(wanted),
      );
      if (!part) return;
      yield gunzipSync(part.data);
    }
  }
  return Readable.from(parts(), { objectMode: false });
}
