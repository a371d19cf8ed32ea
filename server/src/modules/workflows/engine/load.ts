import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { and, asc, eq } from '#kernel/drizzle.ts';
import type { Sealer } from '#kernel/seal.ts';
import { canonicalJson, sha256 } from '#kernel/ids.ts';
import type { Graph, Json, WorkflowSettings } from '../graph.ts';
import type { AnyNodeType } from '../nodes/declare.ts';
import { loadGraph } from '../model/load.ts';
import { undoingGraph, undoingSettings } from './compensation.ts';
import { compile } from './compile.ts';
import { PARTS } from './parts.ts';
import { payloadOf } from './payloads.ts';
import type { Program } from './program.ts';
import { sensitiveIn, unveiledRow, veiledGraph } from './veil.ts';
import { executions, nodeExecutions, type ExecutionRow, type NodeExecutionRow, type WaitRow } from './tables.ts';
import { emptyOutbox, frameOf, placeOf, type Rec, type Walk } from './walk.ts';

export interface Loaded {
  program: Program;
  workflow: { id: string; name: string; environment: string | null; slug: string };
}

/** Programs that are kept in mind. */
const MOST = 500;

export interface Programs {
  of: (
    db: Database,
    row: Pick<ExecutionRow, 'tenantId' | 'workflowId' | 'version' | 'draft'> & Partial<Pick<ExecutionRow, 'undoes' | 'veiled'>>,
  ) => Promise<Loaded>;
  /** Of a version, when it is in mind. */
  peek: (workflowId: string, version: number) => Loaded | undefined;
}

/** Versions never change, so each is loaded and compiled once per process; drafts of test runs each time. */
export function createPrograms(types: ReadonlyMap<string, AnyNodeType>): Programs {
  const kept = new Map<string, Loaded>();
  return {
    peek: (workflowId, version) => kept.get(`${workflowId} ${version}`),
    async of(db, { tenantId, workflowId, version, draft, undoes, veiled = false }) {
      const key = `${workflowId} ${version}${veiled ? ' veiled' : ''}`;
      const known = version === null || undoes ? undefined : kept.get(key);
      if (known) return known;
      const { graph, settings, hash, workflow } = await loadGraph(db, tenantId, workflowId, version ?? 'draft');
      const { id, name: called, slug, environment } = workflow;
      const about = { id, name: called, slug, environment: settings.environment ?? environment };
      const made = (source: Graph, how: WorkflowSettings, name: string): Loaded => ({
        program: veiled ? { ...compile(veiledGraph(source), how, `${name} veiled`, types), veiled: sensitiveIn(source) } : compile(source, how, name, types),
        workflow: about,
      }); // prettier-ignore
      if (undoes) return made(undoingGraph(graph, undoes), undoingSettings(settings), `${hash} ${undoes.nodeId}`);
      if (draft) return made(draft.graph, draft.settings, sha256(canonicalJson(draft.graph)));
      const loaded = made(graph, settings, hash);
      if (version === null) return loaded;
      if (kept.size >= MOST) kept.delete(kept.keys().next().value!);
      kept.set(key, loaded);
      return loaded;
    },
  };
}

const usageOf = ({ calledBy, tokens, cost }: NodeExecutionRow): Pick<Rec, 'calledBy' | 'tokens' | 'cost'> => ({
  ...(calledBy ? { calledBy } : {}),
  ...(tokens === null ? {} : { tokens, cost: cost ?? 0 }),
});

const recOf = (row: NodeExecutionRow, payload: Partial<Rec> = {}): Rec => ({
  id: row.id, nodeId: row.nodeId, key: row.nodeKey, type: row.nodeType, path: row.path, attempt: row.attempt, status: row.status, effect: row.effect, round: row.round,
  input: row.input ?? null, output: row.output ?? null, port: row.port, many: row.many, logCount: row.logCount,
  ...(row.idempotencyKey ? { idempotencyKey: row.idempotencyKey } : {}), ...(row.error ? { error: row.error } : {}), ...(row.state === null ? {} : { state: row.state }),
  ...(row.steps ? { steps: row.steps } : {}), ...usageOf(row), ...(row.changeId ? { changeId: row.changeId } : {}), ...(row.startedAt ? { startedAt: row.startedAt } : {}),
  ...(row.endedAt ? { endedAt: row.endedAt } : {}), ...payload,
}); // prettier-ignore

/** What an agent's tool answered stays where it lies when it is large: it is read when it is asked for. */
const isLeft = ({ calledBy, sealed, outputBlob }: NodeExecutionRow): boolean => calledBy !== null && !sealed && outputBlob !== null;

/** The last record of each place, and those of former attempts at the whole, which count no more. */
export async function readRecords(db: Database, sealer: Sealer, { tenantId, id }: Pick<ExecutionRow, 'tenantId' | 'id'>): Promise<Pick<Walk, 'found' | 'former'>> {
  const rows = await db
    .select()
    .from(nodeExecutions)
    .where(and(eq(nodeExecutions.tenantId, tenantId), eq(nodeExecutions.executionId, id)))
    .orderBy(asc(nodeExecutions.attempt));
  const found = new Map<string, Rec>();
  const former = new Map<string, Rec>();
  for (const row of rows) {
    const place = placeOf(row.nodeId, row.path);
    const rec = recOf(row, isLeft(row) ? { left: true } : await payloadOf(db, sealer, row));
    if (row.superseded) former.set(place, rec);
    else found.set(place, rec);
  }
  return { found, former };
} // prettier-ignore

export async function readExecution(db: Database, { tenantId, id }: Pick<ExecutionRow, 'tenantId' | 'id'>): Promise<ExecutionRow | undefined> {
  const [row] = await db.select().from(executions).where(and(eq(executions.tenantId, tenantId), eq(executions.id, id))); // prettier-ignore
  return row;
}

/** With what only the engine reads. */
export const readWhole = async (db: Database, sealer: Sealer, place: Pick<ExecutionRow, 'tenantId' | 'id'>): Promise<ExecutionRow | undefined> =>
  unveiledRow(db, sealer, await readExecution(db, place));

const actorView = ({ id, kind, email, name }: Actor): Json => ({ id, kind, email, name });

export interface Taken {
  found: Map<string, Rec>;
  former?: Map<string, Rec>;
  waits: readonly WaitRow[];
  vars: Readonly<Record<string, string>>;
}

/** An execution as it is walked: what was recorded, and nothing done yet. */
export function walkOf(row: ExecutionRow, { program, workflow }: Loaded, { found, former = new Map(), waits, vars }: Taken): Walk {
  const trigger = { kind: row.triggerKind, ...row.inputs } as Json;
  const root = frameOf(program, undefined, 0, null);
  const nowhere = (): never => {
    throw new Error('the execution has no runner yet');
  };
  return {
    parts: PARTS,
    row,
    program,
    workflow,
    vars,
    root,
    found,
    former,
    called: new Map(),
    waits: Map.groupBy(waits, ({ nodeId, path }) => placeOf(nodeId, path)),
    out: emptyOutbox(),
    queue: [],
    backlog: [],
    active: new Set(),
    sleeping: new Set(),
    settlements: 0,
    done: 0,
    failures: [],
    runs: found.size,
    response: row.response,
    responded: row.response,
    stopping: undefined,
    pausing: row.pauseAsked !== null,
    over: false,
    base: {
      trigger,
      vars,
      execution: { id: row.id, startedAt: row.createdAt.toISOString(), attempt: row.attempt, tags: row.tags, correlationId: row.correlationId },
      workflow: { id: workflow.id, name: workflow.name, version: row.version, environment: workflow.environment },
      tenant: { id: row.tenantId, name: row.principal.tenantSlug },
      actor: actorView(row.principal),
    },
    begin: nowhere,
    toolsOf: nowhere,
    resume: nowhere,
    onError: nowhere,
    wake: nowhere,
    save: nowhere,
    saveSoon: nowhere,
    logLines: row.logSeq,
    logBytes: row.logBytes,
    writes: row.writes,
    total: root.spots.size,
    // As parts of the graph, or begun by an agent before a crash.
    hasChildren:
      [...program.nodes.values()].some(({ node }) => node.type === 'sub_workflow') || [...found.values()].some(({ type }) => type === 'sub_workflow'),
  };
}
