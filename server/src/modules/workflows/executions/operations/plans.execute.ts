import { z } from 'zod';
import type { Afterwards } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { and, eq, inArray } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { executions } from '../../engine/tables.ts';
import { Engine, type Accepted } from '../../providers/port.ts';
import { runTarget } from '../../model/store.ts';
import { begin, begun, ended, requireDebug, runnable, said, startBy } from '../begin.ts';
import { drift } from '../plan-rules.ts';
import { findPlan, foundBy, planView } from '../planning.ts';
import { Begun } from '../schemas.ts';
import type { PlanRow } from '../tables.ts';
import { PlanId, planTargets } from './plans.get.ts';

const LOOK_SECONDS = 120;
const versionOf = ({ version }: PlanRow): number | 'draft' => version ?? 'draft';

function requireReady({ status, expiresAt }: Awaited<ReturnType<typeof planView>>, now: Date): void {
  if (new Date(expiresAt) <= now) throw new Problem('plan-drifted', 'The plan is more than seven days old. Make a new one.', { differences: [] });
  if (status === 'running') throw new Problem('plan-drifted', 'The dry run that makes the plan has not ended yet.', { differences: [] });
  if (status === 'failed')
    throw new Problem('plan-drifted', 'The dry run failed, so there is no plan to hold to. See its execution.', { differences: [] });
}

/** Throws `plan-drifted` with what differs, or 503 when the look took too long. */
async function requireSame({ provider, read, tenantId }: Afterwards, plan: PlanRow, lookId: string): Promise<void> {
  const look = await provider(Engine).answered(lookId, 'end', LOOK_SECONDS * 1_000);
  if (!look) throw new Problem('dependency-unavailable', 'Whether the plan still holds could not be found out in time. Nothing was done; try again.', { retryAfterSeconds: 10 });
  const [planned, now] = await read(async (db) => [await foundBy(db, tenantId, plan.executionId), await foundBy(db, tenantId, lookId)] as const);
  const differences = look.status === 'completed' || look.status === 'partial_success' ? drift(planned, now) : ['a dry run fails by now'];
  if (differences.length > 0) throw new Problem('plan-drifted', `The plan no longer holds: ${differences.slice(0, 5).join('; ')}.`, { differences });
} // prettier-ignore

const keyOf = (planId: string): string => `plan:${planId}`;

/** What it was carried out by, however long ago: the key of a start alone counts for a day, and a plan is kept for seven. */
async function carriedOut(db: Database, { tenantId, workflowId, id }: PlanRow): Promise<Accepted | undefined> {
  const mine = and(eq(executions.tenantId, tenantId), eq(executions.workflowId, workflowId), eq(executions.dedupeKey, keyOf(id)));
  const [found] = await db.select({ executionId: executions.id, status: executions.status }).from(executions).where(mine);
  return found && { ...found, replayed: true };
}

/** Whether an agent or a workflow chose what is planned, or has it carried out. */
async function outsideOf(db: Database, tenantId: string, ids: string[]): Promise<string | undefined> {
  const looks = await db.select({ inputs: executions.inputs }).from(executions).where(and(eq(executions.tenantId, tenantId), inArray(executions.id, ids)));
  const found = looks.find(({ inputs }) => inputs?.['outside'] !== undefined);
  return found && String(found.inputs!['outside']);
} // prettier-ignore

export const plansExecute = defineOperation({
  name: 'plans.execute',
  summary: 'Carry out a plan of a workflow',
  description:
    'Looks first, by another dry run, whether each Change would still be what the plan says; if not, nothing is done and the answer says what differs. A plan is carried out once: asking again answers the same execution.',
  permission: 'workflows:execute',
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/plans/{id}/execute' },
  input: z.object({
    id: PlanId,
    async: z.boolean().default(true).meta({ title: 'Do not wait for the end' }),
    waitSeconds: z.int().min(1).max(120).default(30).meta({ title: 'Longest wait' }),
  }),
  output: Begun,
  accepted: ({ done }) => !done,
  location: ({ execution }) => `/executions/${execution.id}`,
  targets: planTargets,
  async run(ctx, { id }) {
    const plan = await findPlan(ctx.db, ctx.tenantId, id);
    if (plan.version === null) await requireDebug(ctx, await runTarget(ctx, { id: plan.workflowId, version: 'draft' }), 'A run of the draft');
    requireReady(await planView(ctx.db, plan), ctx.now());
    const { triggerNode: startNode } = plan.options;
    const start = await startBy(ctx, await runnable(ctx, plan.workflowId, versionOf(plan)), { inputs: plan.inputs, startNode, more: { dryRun: true, awaited: true } });
    return begun(await begin(ctx, start), plan.workflowId);
  },
  async finish(after, { id, async, waitSeconds }, { execution }) {
    const { provider, read, tenantId } = after;
    const plan = await read((db) => findPlan(db, tenantId, id));
    const before = await read((db) => carriedOut(db, plan));
    if (before) return begun(before, plan.workflowId);
    await requireSame(after, plan, execution.id);
    const { triggerNode: startNode, ...options } = plan.options;
    const what = await read((db) => runnable({ db, tenantId }, plan.workflowId, versionOf(plan)));
    const outside = await read((db) => outsideOf(db, tenantId, [plan.executionId, execution.id]));
    const start = await startBy(after, what, { inputs: plan.inputs, startNode, outside, more: { ...said(options), dedupeKey: keyOf(id), awaited: !async } });
    const output = begun(await provider(Engine).start(start), plan.workflowId);
    return async ? output : ended(provider(Engine), output, waitSeconds);
  },
}); // prettier-ignore
