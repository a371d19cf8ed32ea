import { and, asc, eq, isNotNull } from '#kernel/drizzle.ts';
import { Plan } from '#kernel/plan.ts';
import type { Risk } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import type { Database } from '#kernel/database.ts';
import { executions, nodeExecutions, type NodeExecutionRow } from '../engine/tables.ts';
import type { Json } from '../graph.ts';
import { hashOf, summaryOf } from './plan-rules.ts';
import { hasEnded } from './rules.ts';
import type { WorkflowPlan, WouldBe } from './schemas.ts';
import { workflowPlans, type PlanRow } from './tables.ts';

/** A plan can be carried out for so long; after that the world is another one. */
export const PLAN_DAYS = 7;

type Fields = { [key: string]: Json };
const fieldsOf = (value: Json | undefined): Fields => (value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {});
const textOf = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);
const riskOf = (value: Json | undefined): Risk | null => (value === 'read' || value === 'write' || value === 'high' ? value : null);
const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

/** A call of an Operation that was only planned. */
function wouldChange(place: Pick<WouldBe, 'nodeId' | 'key' | 'path' | 'type'>, one: Fields): WouldBe {
  const { plan: made, risk, requirements } = fieldsOf(one['plan']);
  const plan = Plan.safeParse(made);
  const operation = textOf(one['operation']);
  const isRefused = one['status'] === 'denied' || one['status'] === 'failed';
  return {
    ...place,
    kind: 'change',
    operation,
    summary: plan.success ? plan.data.summary : `${operation ?? 'An Operation'}${one['status'] === 'already' ? ': nothing to do' : ''}`,
    risk: riskOf(risk),
    approvals: listOf(requirements).map((requirement) => `${textOf(fieldsOf(requirement)['rule'])}: ${textOf(fieldsOf(requirement)['text'])}`),
    refused: isRefused ? (textOf(fieldsOf(one['error'])['message']) ?? 'It would be refused') : null,
    plan: plan.success ? plan.data : null,
    would: one,
  };
}

const KINDS: Record<string, string> = { http: 'Call by HTTP', mail: 'Mail', database: 'Write to a database', notify: 'Notification', emit: 'Announce', respond: 'Answer', wait: 'Wait', waitFor: 'Wait', approval: 'Ask for approval' }; // prettier-ignore
const effectWords = (one: Fields): string => {
  const kind = textOf(one['kind']) ?? Object.keys(one)[0] ?? '';
  const [what, where] = [KINDS[kind] ?? kind, textOf(one['url']) ?? textOf(one['table']) ?? textOf(one[kind])];
  return [what, where].filter(Boolean).join(': ');
};

/** What one run of a node would have done. A node may do several things. */
function itemsOf({ nodeId, nodeKey: key, nodeType: type, path, would }: NodeExecutionRow): WouldBe[] {
  const place = { nodeId, key, path, type };
  return (Array.isArray(would) ? would : [would]).map((entry) => {
    const one = fieldsOf(entry);
    if (one['kind'] === 'operation') return wouldChange(place, one);
    return { ...place, kind: 'effect', operation: null, summary: effectWords(one), risk: null, approvals: [], refused: null, plan: null, would: entry };
  }); // prettier-ignore
}

const WAITS: ReadonlySet<string> = new Set(['wait', 'waitFor', 'approval']);
/** Waiting changes nothing anywhere. */
const isEffect = ({ would }: WouldBe): boolean => !WAITS.has(Object.keys(fieldsOf(would as Json))[0] ?? '');

/** All that a dry run found, in the order in which it would be done. */
export async function foundBy(db: Database, tenantId: string, executionId: string): Promise<WouldBe[]> {
  const mine = and(eq(nodeExecutions.tenantId, tenantId), eq(nodeExecutions.executionId, executionId), isNotNull(nodeExecutions.would));
  const rows = await db.select().from(nodeExecutions).where(mine).orderBy(asc(nodeExecutions.startedAt), asc(nodeExecutions.id)); // prettier-ignore
  return rows.flatMap(itemsOf).filter(isEffect);
}

/** Throws `not-found`, also for a plan that is no longer kept. */
export async function findPlan(db: Database, tenantId: string, id: string): Promise<PlanRow> {
  const [row] = await db
    .select()
    .from(workflowPlans)
    .where(and(eq(workflowPlans.tenantId, tenantId), eq(workflowPlans.id, id)));
  if (!row) throw new Problem('not-found', `There is no plan "${id.slice(0, 64)}" in this tenant, or it is no longer kept.`);
  return row;
}

const GOOD: ReadonlySet<string> = new Set(['completed', 'partial_success']);

/** A plan as far as its dry run has come. */
export async function planView(db: Database, row: PlanRow): Promise<WorkflowPlan> {
  const { tenantId, executionId } = row;
  const [run] = await db.select({ status: executions.status, error: executions.error }).from(executions).where(and(eq(executions.tenantId, tenantId), eq(executions.id, executionId))); // prettier-ignore
  const items = await foundBy(db, tenantId, executionId);
  return {
    id: row.id,
    workflowId: row.workflowId,
    version: row.version,
    executionId,
    status: !run || !hasEnded(run.status) ? 'running' : GOOD.has(run.status) ? 'ready' : 'failed',
    error: run?.error ?? null,
    summary: summaryOf(items),
    items,
    hash: hashOf(items),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}
