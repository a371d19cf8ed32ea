import type { Database } from '#kernel/database.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, eq, inArray, sql } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { Connection, Graph, GraphNode } from '../graph.ts';
import { nodeConnections, workflowNodes, type WorkflowRow } from '../tables.ts';
import { operationsOf } from './uses.ts';

type Of = Pick<WorkflowRow, 'tenantId' | 'id'>;

const nodeRow = ({ tenantId, id: workflowId }: Of, node: GraphNode) => {
  const { id, key, name, type } = node;
  return { tenantId, id, workflowId, key, name, type, operation: operationsOf(node)[0] ?? null };
};
const connectionRow = ({ tenantId, id: workflowId }: Of, one: Connection) => ({ tenantId, workflowId, ...one });

/** Rows that are new or different, and ids of those that are gone. */
function difference<T extends { id: string }, R>(before: readonly T[], after: readonly T[], rowOf: (one: T) => R): { put: R[]; gone: string[] } {
  const old = new Map(before.map((one) => [one.id, JSON.stringify(rowOf(one))]));
  const put = after.filter((one) => old.get(one.id) !== JSON.stringify(rowOf(one))).map(rowOf);
  const kept = new Set(after.map(({ id }) => id));
  return { put, gone: before.filter(({ id }) => !kept.has(id)).map(({ id }) => id) };
}

/** Ids are the tenant's: a node or connection of another workflow must not be taken over. */
const taken = (error: unknown): never => {
  throw isUniqueViolation(error) || (error as Error).message === 'taken'
    ? new Problem('edit-invalid', 'A node or connection has the id of one in another workflow. Give it a new id.')
    : error;
};

async function putNodes(db: Database, of: Of, rows: ReturnType<typeof nodeRow>[]): Promise<void> {
  if (rows.length === 0) return;
  const { rowCount } = await db
    .insert(workflowNodes)
    .values(rows)
    .onConflictDoUpdate({
      target: [workflowNodes.tenantId, workflowNodes.id],
      set: { key: sql`excluded.key`, name: sql`excluded.name`, type: sql`excluded.type`, operation: sql`excluded.operation`, updatedAt: sql`now()` },
      setWhere: eq(workflowNodes.workflowId, of.id),
    });
  if (rowCount !== rows.length) throw new Error('taken');
}

async function putConnections(db: Database, of: Of, rows: ReturnType<typeof connectionRow>[]): Promise<void> {
  if (rows.length === 0) return;
  const { rowCount } = await db
    .insert(nodeConnections)
    .values(rows)
    .onConflictDoUpdate({
      target: [nodeConnections.tenantId, nodeConnections.id],
      set: { kind: sql`excluded.kind`, source: sql`excluded.source`, sourcePort: sql`excluded.source_port`, target: sql`excluded.target`, targetPort: sql`excluded.target_port`, updatedAt: sql`now()` },
      setWhere: eq(nodeConnections.workflowId, of.id),
    });
  if (rowCount !== rows.length) throw new Error('taken');
} // prettier-ignore

/** Brings the index of nodes and connections up to the draft, in the transaction that saves it. */
export async function indexDraft(db: Database, of: Of, before: Graph, after: Graph): Promise<void> {
  const nodes = difference(before.nodes, after.nodes, (node) => nodeRow(of, node));
  const connections = difference(before.connections, after.connections, (one) => connectionRow(of, one));
  const drop = async (table: typeof workflowNodes | typeof nodeConnections, ids: string[]): Promise<void> => {
    if (ids.length > 0) await db.delete(table).where(and(eq(table.tenantId, of.tenantId), eq(table.workflowId, of.id), inArray(table.id, ids)));
  };
  await drop(nodeConnections, connections.gone);
  await drop(workflowNodes, nodes.gone);
  await putNodes(db, of, nodes.put).catch(taken);
  await putConnections(db, of, connections.put).catch(taken);
}

/** Workflow whose draft has the node, or the connection; undefined when none has. */
export async function workflowOf(db: Database, tenantId: string, what: 'node' | 'connection', id: string): Promise<string | undefined> {
  const table = what === 'node' ? workflowNodes : nodeConnections;
  const [row] = await db.select({ workflowId: table.workflowId }).from(table).where(and(eq(table.tenantId, tenantId), eq(table.id, id))); // prettier-ignore
  return row?.workflowId;
}
