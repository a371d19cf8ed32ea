import { and, desc, eq, inArray, lt } from '#kernel/drizzle.ts';
import { canonicalJson } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { executionLogs, executions, type NodeExecutionRow } from '../engine/tables.ts';
import { recordsOf, type LightExecution } from '../executions/find.ts';
import type { GraphNode, Json } from '../graph.ts';
import { contentOf } from '../model/hash.ts';
import { loadGraph } from '../model/load.ts';
import type { Reading } from './catalogue.ts';
import type { Diagnosed } from './schemas.ts';

type Evidence = Diagnosed['evidence'];
const PAST = 20;
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** The last attempt of the node that failed first; what failed only because of that is not it. */
export async function failedIn(reading: Reading, id: string): Promise<NodeExecutionRow | undefined> {
  const bad = (await recordsOf(reading, id)).filter(({ status, error }) => (status === 'failed' || status === 'in_doubt') && error !== null && error.class !== 'cancelled');
  const [first] = bad;
  return bad.findLast(({ nodeId, path }) => nodeId === first?.nodeId && path === first.path);
} // prettier-ignore

/** What the log says of a node, the last first; of the whole execution where nothing failed. */
async function linesOf({ db, tenantId }: Reading, executionId: string, nodeId: string | undefined): Promise<Evidence> {
  const { tenantId: tenant, executionId: of, nodeId: about, level, seq } = executionLogs;
  const wanted = and(
    eq(tenant, tenantId),
    eq(of, executionId),
    inArray(level, ['warn', 'error']),
    nodeId === undefined ? undefined : eq(about, nodeId),
  );
  const rows = await db.select().from(executionLogs).where(wanted).orderBy(desc(seq)).limit(5);
  return rows.map((row) => ({ kind: 'log' as const, id: String(row.seq), text: row.message.slice(0, 500), at: row.at.toISOString() }));
}

interface Before {
  evidence: Evidence;
  /** Of the last execution that went well. */
  well: { id: string; version: number | null; at: Date } | undefined;
  /** How many of the last ones failed at the same node by the same error. */
  alike: number;
}

/** Executions of the same workflow before this one. */
async function before({ db, tenantId }: Reading, { id, workflowId }: LightExecution, failed: NodeExecutionRow | undefined): Promise<Before> {
  const columns = { id: executions.id, status: executions.status, version: executions.version, error: executions.error, at: executions.createdAt };
  const same = and(eq(executions.tenantId, tenantId), eq(executions.workflowId, workflowId), lt(executions.id, id), eq(executions.isTest, false), eq(executions.dryRun, false));
  const rows = await db.select(columns).from(executions).where(same).orderBy(desc(executions.id)).limit(PAST);
  const well = rows.find(({ status }) => status === 'completed');
  const alike = failed ? rows.filter(({ error }) => error?.type === failed.error!.type && error.nodeKey === failed.nodeKey) : [];
  return {
    well,
    alike: alike.length,
    evidence: [
      ...(well ? [{ kind: 'history' as const, id: well.id, text: `It went well before${well.version === null ? '' : `, with version ${well.version}`}`, at: iso(well.at) }] : []),
      ...alike.slice(0, 3).map((one) => ({ kind: 'history' as const, id: one.id, text: 'It failed at the same node by the same error', at: iso(one.at) })),
    ],
  };
} // prettier-ignore

async function nodeOf({ db, tenantId }: Reading, workflowId: string, version: number | null, nodeId: string): Promise<GraphNode | undefined> {
  if (version === null) return undefined;
  const graph = await loadGraph(db, tenantId, workflowId, version).catch((error: unknown) => {
    if (error instanceof Problem) return undefined;
    throw error;
  });
  return graph?.graph.nodes.find(({ id }) => id === nodeId);
}

const differs = (a: GraphNode, b: GraphNode): string[] => {
  const [old, now] = [contentOf(a), contentOf(b)] as unknown as Record<string, Json>[];
  return [...new Set([...Object.keys(old!), ...Object.keys(now!)])].filter((name) => canonicalJson(old![name] ?? null) !== canonicalJson(now![name] ?? null)).sort();
}; // prettier-ignore

export interface Found extends Before {
  /** Of the node, between the version that went well and the one that failed. */
  changed: { from: number; to: number; fields: string[] } | undefined;
  /** Fields of the node that are different in the draft by now. */
  editedSince: string[];
}

/** The record that failed, and the Change that it made. */
const ofRecord = ({ id, nodeKey, error, changeId, startedAt, endedAt }: NodeExecutionRow): Evidence => [
  { kind: 'record', id, text: `${nodeKey}: ${error!.message.slice(0, 500)}`, at: iso(endedAt ?? startedAt) },
  ...(changeId === null
    ? []
    : [{ kind: 'change' as const, id: changeId, text: 'The Change that it made, with its own plan and outcome', at: iso(startedAt) }]),
];

/** What is different about the node: from when it went well, and by now. */
async function differences(
  reading: Reading,
  { version, workflowId }: LightExecution,
  { nodeId }: NodeExecutionRow,
  well: Before['well'],
  draft: GraphNode | undefined,
): Promise<Pick<Found, 'changed' | 'editedSince'>> {
  const ran = await nodeOf(reading, workflowId, version, nodeId);
  if (!ran || version === null) return { changed: undefined, editedSince: [] };
  const from = well?.version ?? version;
  const good = from === version ? undefined : await nodeOf(reading, workflowId, from, nodeId);
  const fields = good ? differs(good, ran) : [];
  return { changed: fields.length > 0 ? { from, to: version, fields } : undefined, editedSince: draft ? differs(ran, draft) : [] };
}

/** Everything that a diagnosis rests on. */
export async function evidenceFor(reading: Reading, execution: LightExecution, failed: NodeExecutionRow | undefined, draft: GraphNode | undefined): Promise<Found> {
  const past = await before(reading, execution, failed);
  const lines = await linesOf(reading, execution.id, failed?.nodeId);
  const different = failed ? await differences(reading, execution, failed, past.well, draft) : { changed: undefined, editedSince: [] };
  return { ...past, ...different, evidence: [...(failed ? ofRecord(failed) : []), ...lines, ...past.evidence] };
} // prettier-ignore
