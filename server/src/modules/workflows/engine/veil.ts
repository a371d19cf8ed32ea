import type { Database } from '#kernel/database.ts';
import { sql } from '#kernel/drizzle.ts';
import type { Sealer } from '#kernel/seal.ts';
import type { Json } from '../graph.ts';
import { hidesInput, isSensitive } from './settle.ts';
import type { Program } from './program.ts';
import type { ExecutionRow } from './tables.ts';
import type { Rec, Spot, Walk } from './walk.ts';

const AGENT = 'ai_agent';

/** Where what a veiled execution begins with is sealed, what it made, and what an agent, or a node that is fed by a sensitive one, goes on from. */
export const inputsPlace = (tenantId: string, row: string) => ({ tenantId, table: 'workflow_executions', row, field: 'inputs' });
export const outputsPlace = (tenantId: string, row: string) => ({ tenantId, table: 'workflow_executions', row, field: 'outputs' });
export const stepsPlace = (tenantId: string, row: string) => ({ tenantId, table: 'node_executions', row, field: 'steps' });

/** What a sensitive node begins, or one that is fed by it, is as sensitive as what it is given. */
export const veils = ({ row }: Walk, spot: Spot): boolean => row.veiled || isSensitive(spot) || hidesInput(spot);

/** The graph of a veiled execution: each of its nodes is sensitive. */
export const veiledGraph = <G extends Program['source']>(graph: G): G => ({
  ...graph,
  nodes: graph.nodes.map((node) => ({ ...node, settings: { ...node.settings, sensitive: true } })),
});

/** Nodes that are sensitive by themselves, whoever began the execution. */
export const sensitiveIn = ({ nodes }: Program['source']): ReadonlySet<string> =>
  new Set(nodes.flatMap(({ id, settings }) => (settings?.sensitive === true ? [id] : [])));

/** The row as it is stored. */
export async function veiledRow(db: Database, sealer: Sealer, row: ExecutionRow): Promise<ExecutionRow> {
  if (!row.veiled) return row;
  return { ...row, inputs: null, sealedInputs: await sealer.seal(db, inputsPlace(row.tenantId, row.id), JSON.stringify(row.inputs)) };
}

/** The row as the engine walks it. */
export async function unveiledRow(db: Database, sealer: Sealer, row: ExecutionRow | undefined): Promise<ExecutionRow | undefined> {
  if (!row || row.sealedInputs === null) return row;
  return { ...row, inputs: JSON.parse(await sealer.open(db, inputsPlace(row.tenantId, row.id), row.sealedInputs)) as ExecutionRow['inputs'] };
}

/** What an execution made, for the one that waits for it. */
export async function unveiledOutputs(db: Database, sealer: Sealer, { tenantId, id, outputs, sealedOutputs }: Pick<ExecutionRow, 'tenantId' | 'id' | 'outputs' | 'sealedOutputs'>): Promise<Json> {
  if (sealedOutputs === null) return outputs ?? null;
  return JSON.parse(await sealer.open(db, outputsPlace(tenantId, id), sealedOutputs)) as Json;
} // prettier-ignore

/** What lies apart from the record, sealed: of an agent, and of what a sensitive node feeds. Arguments and items stand in it as they are. */
export const keepsApart = ({ type, steps, state, fed }: Rec): boolean =>
  (type === AGENT || fed === true) && (steps !== undefined || state !== undefined);

export async function keepApart(db: Database, sealer: Sealer, { row }: Walk, { id, steps, state }: Rec): Promise<void> {
  const sealed = await sealer.seal(db, stepsPlace(row.tenantId, id), JSON.stringify({ steps, state }));
  await db.execute(sql`update node_executions set sealed_steps = ${sealed} where tenant_id = ${row.tenantId} and id = ${id}`);
}

/** Some of what its nodes see is sealed. */
export const isGuarded = ({ source: { nodes } }: Walk['program']): boolean =>
  nodes.some(({ type, settings }) => type === AGENT || settings?.sensitive === true);

/**
 * At its end: what a veiled execution began with goes, what it made waits for whoever waits for it. What parts of it made was taken by now.
 */
export async function veilEnd(db: Database, sealer: Sealer, { row, program, hasChildren }: Walk, outputs: Json): Promise<void> {
  const { tenantId, id, parentId } = row;
  if (isGuarded(program)) await db.execute(sql`update node_executions set sealed_steps = null where tenant_id = ${tenantId} and execution_id = ${id} and sealed_steps is not null`);
  if (hasChildren) await db.execute(sql`update workflow_executions set sealed_outputs = null where tenant_id = ${tenantId} and parent_id = ${id} and sealed_outputs is not null`);
  if (!row.veiled) return;
  const sealed = await sealer.seal(db, outputsPlace(tenantId, id), JSON.stringify(outputs));
  await db.execute(sql`update workflow_executions set sealed_inputs = null, payloads_erased_at = now(),
    sealed_outputs = (select ${sealed} from workflow_executions p where p.tenant_id = ${tenantId} and p.id = ${parentId} and p.ended_at is null)
    where tenant_id = ${tenantId} and id = ${id}`);
  await db.execute(sql`delete from execution_blobs where tenant_id = ${tenantId} and execution_id = ${id}`);
} // prettier-ignore
