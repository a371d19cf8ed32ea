import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Databases } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import type { InTenant } from './rows.ts';
import { reportParts, type ReportRow } from './tables.ts';

/** Bytes that are gathered before they become a part. */
const PART = 1 << 20;

/** Puts a file into the database in parts as it is written; answers its size and its SHA-256. */
export async function storeFile({ tenantId, id }: Pick<ReportRow, 'tenantId' | 'id'>, chunks: AsyncIterable<Buffer>, inTenant: InTenant) {
  const hash = createHash('sha256');
  let [gathered, size, bytes, number] = [[] as Buffer[], 0, 0, 0];
  const put = async (): Promise<void> => {
    const data = gzipSync(Buffer.concat(gathered), { level: 3 });
    await inTenant((db) => db.insert(reportParts).values({ tenantId, reportId: id, number, data }));
    [gathered, size, number] = [[], 0, number + 1];
  };
  for await (const chunk of chunks) {
    hash.update(chunk);
    gathered.push(chunk);
    size += chunk.length;
    bytes += chunk.length;
    if (size >= PART) await put();
  }
  if (size > 0) await put();
  return { bytes, sha256: hash.digest('hex') };
}

/** The file, read part by part as fast as the reader takes it. */
export function fileOf(databases: Databases, { tenantId, id }: Pick<ReportRow, 'tenantId' | 'id'>): Readable {
  async function* parts(): AsyncGenerator<Buffer> {
    for (let number = 0; ; number++) {
      const wanted = and(eq(reportParts.tenantId, tenantId), eq(reportParts.reportId, id), eq(reportParts.number, number));
      const [part] = await databases.tenant({ tenantId, readOnly: true }, (db) =>
        db.select({ data: reportParts.data }).from(reportParts).where(wanted),
      );
      if (!part) return;
      yield gunzipSync(part.data);
    }
  }
  return Readable.from(parts(), { objectMode: false });
}
