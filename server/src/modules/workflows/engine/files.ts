import type { Databases } from '#kernel/database.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { Database } from '#kernel/database.ts';
import type { Sealer } from '#kernel/seal.ts';
import { NodeError, type FileValue } from '../nodes/declare.ts';
import { executionBlobs } from './tables.ts';

interface Deps {
  databases: Databases;
  sealer: Sealer;
}
interface Place {
  tenantId: string;
  executionId: string;
}

/** Bytes of all files of one execution, and of one (workflows.md 9.2, 15). */
const MOST_OF_ALL = 100 * 1_048_576;
const MOST_OF_ONE = 25 * 1_048_576;

/** Where the bytes of a blob are sealed. */
export const blobPlace = (tenantId: string, row: string) => ({ tenantId, table: 'execution_blobs', row, field: 'content' });
/** Where the payloads of a sensitive node's record are sealed. */
export const payloadPlace = (tenantId: string, row: string) => ({ tenantId, table: 'node_executions', row, field: 'payload' });

export interface Blob {
  name: string;
  mime: string;
  sensitive: boolean;
}

/** Seals bytes as base64 in a row of their own, in the caller's transaction. Answers its id. */
export async function storeBlob(db: Database, sealer: Sealer, { tenantId, executionId }: Place, base64: string, size: number, { name, mime, sensitive }: Blob, id = newId()): Promise<string> {
  const sealed = await sealer.seal(db, blobPlace(tenantId, id), base64);
  await db.insert(executionBlobs).values({ tenantId, id, executionId, name, mime, size, sensitive, sealed });
  return id;
} // prettier-ignore

/** Bytes of a blob; undefined when it is not of this execution, or gone. */
export async function openBlob(db: Database, sealer: Sealer, { tenantId, executionId }: Place, id: string): Promise<Buffer | undefined> {
  const mine = and(eq(executionBlobs.tenantId, tenantId), eq(executionBlobs.id, id), eq(executionBlobs.executionId, executionId));
  const [row] = await db.select({ sealed: executionBlobs.sealed }).from(executionBlobs).where(mine);
  return row && Buffer.from(await sealer.open(db, blobPlace(tenantId, id), row.sealed), 'base64');
}

/** A file that flows over connections: kept with the execution. Throws NodeError `output-too-large`. */
export async function putFile({ databases, sealer }: Deps, { id, sensitive, ...place }: Place & { id: string; sensitive: boolean }, bytes: Uint8Array, { name, mime }: { name: string; mime: string }): Promise<FileValue> {
  const size = bytes.byteLength;
  if (size > MOST_OF_ONE) throw new NodeError('output-too-large', 'limit', 'A file has 25 MiB at most.');
  await databases.tenant({ tenantId: place.tenantId, operation: 'workflow file' }, async (db) => {
    const mine = and(eq(executionBlobs.tenantId, place.tenantId), eq(executionBlobs.executionId, place.executionId));
    const [found] = await db.select({ bytes: sql<number>`coalesce(sum(${executionBlobs.size}), 0)::float8` }).from(executionBlobs).where(mine);
    if (found!.bytes + size > MOST_OF_ALL) throw new NodeError('output-too-large', 'limit', 'The files of one execution have 100 MiB at most.');
    await storeBlob(db, sealer, place, Buffer.from(bytes).toString('base64'), size, { name, mime, sensitive }, id);
  });
  return { $file: id, name, mime, size };
} // prettier-ignore

/** Throws NodeError `file-missing`. */
export async function getFile({ databases, sealer }: Deps, place: Place, { $file, name }: FileValue): Promise<Uint8Array> {
  const found = await databases.tenant({ tenantId: place.tenantId, operation: 'workflow file' }, (db) => openBlob(db, sealer, place, $file));
  if (!found) throw new NodeError('file-missing', 'not_found', `The file "${name}" is not of this execution, or is gone.`);
  return found;
}
