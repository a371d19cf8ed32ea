import type { Database, Databases } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import type { Sealer } from '#kernel/seal.ts';
import type { Json } from '../graph.ts';
import { openBlob, payloadPlace } from './files.ts';
import { nodeExecutions, type ExecutionRow, type NodeExecutionRow } from './tables.ts';
import { stepsPlace } from './veil.ts';
import type { Rec } from './walk.ts';

/** What does not lie in the row itself. */
export async function payloadOf(db: Database, sealer: Sealer, row: NodeExecutionRow): Promise<Partial<Rec>> {
  const { tenantId, executionId, id } = row;
  if (row.sealed) return JSON.parse(await sealer.open(db, payloadPlace(tenantId, id), row.sealed)) as Partial<Rec>;
  const apart =
    row.sealedSteps === null ? {} : (JSON.parse(await sealer.open(db, stepsPlace(tenantId, id), row.sealedSteps)) as Pick<Rec, 'steps' | 'state'>);
  if (!row.outputBlob) return apart;
  const bytes = await openBlob(db, sealer, { tenantId, executionId }, row.outputBlob);
  return { ...apart, output: bytes ? (JSON.parse(bytes.toString('utf8')) as Json) : null };
}

/** What a record answered, from where it is stored; null when it is not of this execution, or gone. */
export async function storedOutput({ databases, sealer }: { databases: Databases; sealer: Sealer }, { tenantId, id: executionId }: Pick<ExecutionRow, 'tenantId' | 'id'>, id: string): Promise<Json> {
  return databases.tenant({ tenantId, readOnly: true }, async (db) => {
    const mine = and(eq(nodeExecutions.tenantId, tenantId), eq(nodeExecutions.executionId, executionId), eq(nodeExecutions.id, id));
    const [row] = await db.select().from(nodeExecutions).where(mine);
    if (!row) return null;
    return (await payloadOf(db, sealer, row)).output ?? row.output ?? null;
  });
} // prettier-ignore
