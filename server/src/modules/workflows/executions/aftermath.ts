import { and, desc, eq, inArray, lt } from '#kernel/drizzle.ts';
import type { DeliveredEvent } from '#kernel/module.ts';
import type { Port } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import type { WorkContext } from '#kernel/work.ts';
import { bounded } from '../engine/chain.ts';
import { executions, type ExecutionRow } from '../engine/tables.ts';
import type { Json, WorkflowSettings } from '../graph.ts';
import { loadGraph, type LoadedGraph } from '../model/load.ts';
import { Messenger } from '../people.ts';
import { Engine } from '../providers/port.ts';
import { principalOf, triggerOf } from './begin.ts';
import { undoPlanOf } from './compensations.ts';
import { Aftermath } from './port.ts';
import { noticeOf, type Outcome } from './notice-rules.ts';
import { hasEnded } from './rules.ts';
import { rollbackPends } from './undoing.ts';

const FAILURES: ReadonlySet<string> = new Set(['execution.failed', 'execution.timed_out', 'execution.partial']);

const ENDS: ReadonlySet<string> = new Set([...FAILURES, 'execution.completed', 'execution.cancelled']);
type Announced = Pick<DeliveredEvent, 'type' | 'data'>;

/** Whether anything follows the end of an execution: always something may that failed, and of others where somebody wishes to hear. */
export const isFollowed = ({ type, data }: Announced): boolean =>
  typeof data['executionId'] === 'string' && data['test'] !== true && (FAILURES.has(type) || (ENDS.has(type) && data['told'] === true));

/** Whether whoever began it may wish to be called, also of a trial. */
export const isCalledFor = ({ type, data }: Announced): boolean => typeof data['executionId'] === 'string' && ENDS.has(type) && data['told'] === true;

export interface AftermathDeps {
  /** A transaction in the tenant, as the system; what it announces goes with it. */
  inTenant: <T>(tenantId: string, work: (ctx: WorkContext) => Promise<T>) => Promise<T>;
  provider: <T>(port: Port<T>) => T;
}

interface Ended {
  row: ExecutionRow;
  loaded: LoadedGraph;
  settings: WorkflowSettings;
  outcome: Outcome;
}

const BAD: readonly ExecutionRow['status'][] = ['failed', 'timed_out', 'partial_success'];

/** How the run before this one ended. */
async function formerFailed({ db, tenantId }: WorkContext, { id, workflowId }: ExecutionRow): Promise<boolean> {
  const [former] = await db
    .select({ status: executions.status })
    .from(executions)
    .where(and(eq(executions.tenantId, tenantId), eq(executions.workflowId, workflowId), lt(executions.id, id), eq(executions.isTest, false), eq(executions.dryRun, false), inArray(executions.status, [...BAD, 'completed'])))
    .orderBy(desc(executions.id))
    .limit(1);
  return former !== undefined && BAD.includes(former.status);
} // prettier-ignore

async function endedOf(ctx: WorkContext, id: string): Promise<Ended | undefined> {
  const [row] = await ctx.db.select().from(executions).where(and(eq(executions.tenantId, ctx.tenantId), eq(executions.id, id)));
  // Trials concern whoever tries, who looks on; what undoes something is followed by whoever undoes.
  if (!row || !hasEnded(row.status) || row.isTest || row.dryRun || row.version === null || row.undoes !== null) return undefined;
  const loaded = await loadGraph(ctx.db, ctx.tenantId, row.workflowId, row.version);
  const outcome = row.status === 'cancelled' ? 'cancelled' : BAD.includes(row.status) ? 'failed' : (await formerFailed(ctx, row)) ? 'recovered' : 'completed';
  return { row, loaded, settings: loaded.settings, outcome };
} // prettier-ignore

const PERSONS: ReadonlySet<string> = new Set(['user', 'apiKey', 'agent']);
const EVERY = { onFailure: true, onSuccess: true, onRecovery: true };

/** Whoever started it, where they wished themselves to hear of such an end, or the settings wish so. */
function startersOf({ row: { startedBy, wishes }, outcome }: Ended, isWanted: boolean): string[] {
  const wished = outcome === 'failed' ? wishes?.onError : outcome !== 'cancelled' && wishes?.onComplete;
  return (isWanted && startedBy.kind === 'user') || (wished === true && PERSONS.has(startedBy.kind)) ? [startedBy.id] : [];
}

/** Tells whoever answers for the workflow and whoever started it, as its settings wish; and whoever started it where they wished so themselves. */
async function tell(ctx: WorkContext, ended: Ended): Promise<void> {
  const { row, loaded, settings, outcome } = ended;
  const about = { id: row.id, name: loaded.workflow.name, outcome, error: row.error, rollback: settings.rollbackOnFailure };
  const notice = noticeOf(about, settings.notify);
  const to = [...(notice ? [loaded.workflow.ownerId] : []), ...startersOf(ended, notice !== undefined)];
  const said = notice ?? noticeOf(about, { ...settings.notify, ...EVERY });
  if (said && to.length > 0) await ctx.provider(Messenger).inApp(ctx, [...new Set(to)], said);
}

async function undoable(ctx: WorkContext, { row, settings, outcome }: Ended): Promise<'ask' | 'auto' | undefined> {
  const { rollbackOnFailure } = settings;
  if (outcome !== 'failed' || rollbackOnFailure === 'none') return undefined;
  const { undo } = await undoPlanOf(ctx, row.id);
  return undo.length > 0 ? rollbackOnFailure : undefined;
}

/** What an error workflow is handed: `{workflow, execution, error, failedNode, link}` (workflows.md 8.4). */
function errorContext({ row, loaded: { workflow } }: Ended): Record<string, Json> {
  const { error } = row;
  return {
    kind: 'error',
    workflow: { id: workflow.id, name: workflow.name, slug: workflow.slug, version: row.version },
    execution: { id: row.id, status: row.status, trigger: row.triggerKind, startedAt: row.startedAt?.toISOString() ?? null },
    error: error === null ? null : (JSON.parse(JSON.stringify(error)) as Json),
    failedNode: error?.nodeId === undefined ? null : { id: error.nodeId, key: error.nodeKey ?? null, iteration: error.iteration ?? null },
    link: `/executions/${row.id}`,
  };
}

/**
 * Starts the workflow that the settings name, for who ran the one that failed. An error workflow starts none. One that does not say by a
 * trigger that failures of others begin it lends them nothing of its own account: it runs within the rights of what failed.
 */
async function startErrorWorkflow({ inTenant, provider }: AftermathDeps, ended: Ended): Promise<void> {
  const { row, settings, outcome } = ended;
  const workflowId = settings.errorWorkflowId;
  if (outcome !== 'failed' || workflowId === undefined || workflowId === row.workflowId || row.triggerKind === 'error') return;
  const start = await inTenant(row.tenantId, async ({ db, tenantId }) => {
    const { workflow } = await loadGraph(db, tenantId, workflowId, 'draft');
    if (workflow.activeVersion === null || workflow.deletedAt || workflow.status === 'archived' || workflow.status === 'paused') return undefined;
    const loaded = await loadGraph(db, tenantId, workflowId, workflow.activeVersion);
    const triggers = loaded.graph.nodes.filter(({ type, config }) => type === 'trigger' && config['mode'] === 'error');
    return { loaded, version: workflow.activeVersion, asked: triggers.length > 0, nodeId: (triggers[0] ?? triggerOf(loaded.graph, undefined)).id };
  });
  if (!start) return;
  const own = await principalOf({ actor: row.principal, tenantId: row.tenantId, provider }, start.loaded);
  const principal = start.asked ? own : bounded(own, row.principal);
  await provider(Engine).start({
    tenantId: row.tenantId,
    workflowId,
    version: start.version,
    trigger: { kind: 'error', nodeId: start.nodeId },
    payload: errorContext(ended),
    principal,
    startedBy: { kind: 'execution', id: row.id, name: ended.loaded.workflow.name },
    dedupeKey: `error:${row.id}`,
  });
}

/** Looks after an execution that has ended: tells people, starts its error workflow, undoes what it changed. Doing it twice is doing it once. */
export async function lookAfter(deps: AftermathDeps, { tenantId, executionId }: { tenantId: string; executionId: string }): Promise<void> {
  const found = await deps.inTenant(tenantId, async (ctx) => {
    const ended = await endedOf(ctx, executionId);
    if (!ended) return undefined;
    await tell(ctx, ended);
    const undo = await undoable(ctx, ended);
    if (undo === 'ask') await rollbackPends(ctx, executionId);
    return { ended, undo };
  });
  if (!found) return;
  const { ended, undo } = found;
  try {
    await startErrorWorkflow(deps, ended);
    if (undo === 'auto') await deps.provider(Aftermath).rollback(ended.row.principal, executionId, `Execution ${executionId} failed, and its workflow has what it changed undone`);
  } catch (error) {
    // Refused for good, such as by rights that were taken away: there is nobody to answer, and another try would be refused too.
    if (!(error instanceof Problem) || error.kind.status >= 500 || error.kind.status === 429) throw error;
  }
} // prettier-ignore
