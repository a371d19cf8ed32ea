import type { Database } from '#kernel/database.ts';
import type { NodeFault } from '../nodes/declare.ts';
import { asJson } from './faults.ts';
import { retryOf } from './compile.ts';
import { delayAfter, isRunAgain } from './retry.ts';
import type { Program, ProgramNode } from './program.ts';
import { placeOf, type Rec, type Spot, type Walk } from './walk.ts';

/** That an execution is tried again as a whole, and when (workflows.md 4.3). */
export interface Rerun {
  /** The one that follows. */
  attempt: number;
  at: Date;
  fault: NodeFault;
  /** Nodes whose runs are looked at, with all in the bodies of loops that failed. */
  nodes: readonly string[];
}

const isUnfinished = ({ status, ports }: Spot): boolean =>
  (status === 'failed' && ports.size === 0) || status === 'cancelled' || status === 'skipped';

/** All nodes of a loop's body, those of loops in it included. */
const bodyOf = (program: Program, loop: string): string[] =>
  (program.bodies.get(loop) ?? []).flatMap(({ id, type }) => (type.control === 'loop' ? [id, ...bodyOf(program, id)] : [id]));

/** What follows the failure of an execution, by its policy; undefined when it fails for good. A dry run has nothing to try again. */
export function rerunOf({ row, program, root }: Walk, fault: NodeFault | undefined, errors: readonly NodeFault[]): Rerun | undefined {
  const wish = row.retry ?? program.settings.retry;
  if (!wish || !fault || row.dryRun) return undefined;
  const policy = retryOf(wish, true);
  const faults = errors.length > 0 ? errors : [fault];
  if (!faults.every((one) => isRunAgain(one, policy, row.attempt))) return undefined;
  const at = new Date(Date.now() + delayAfter(policy, row.attempt, Math.random()));
  if (at >= row.expiresAt) return undefined;
  const unfinished = [...root.spots.values()].filter(isUnfinished).map(({ node }) => node);
  return { attempt: row.attempt + 1, at, fault, nodes: unfinished.flatMap(({ id, type }) => (type.control === 'loop' ? [id, ...bodyOf(program, id)] : [id])) };
} // prettier-ignore

/** Tells whoever looks on. */
export function sayRerun(walk: Walk, { attempt, at, fault }: Rerun): void {
  const now = new Date();
  walk.out.events.push({ at: now, type: 'execution.status', payload: { status: 'waiting', attempt, retryAt: at.toISOString(), error: asJson(fault) } });
  walk.out.logs.push({ at: now, level: 'warn', nodeId: null, path: null, message: `It failed (${fault.type}) and is tried again at ${at.toISOString()}, attempt ${attempt}. What has completed stands.`, data: asJson(fault) });
} // prettier-ignore

const AGAIN = {
  name: 'workflow_rerun',
  text: `update workflow_executions set attempt = $3, error = $4::jsonb where tenant_id = $1 and id = $2`,
};
/**
 * What failed, was broken off or never reached counts no more. An effect that was broken off is the exception: what became of it nobody
 * knows, so it is left as a crash leaves it, and its own policy of doubts decides.
 */
const SUPERSEDED = {
  name: 'workflow_superseded',
  text: `
update node_executions set superseded = not doubtful, status = case when doubtful then 'running' else status end, ended_at = case when doubtful then null else ended_at end, updated_at = now()
from (select tenant_id as t, id as i, status = 'cancelled' and effect = 'effect' and started_at is not null and idempotency_key is not null as doubtful
  from node_executions where tenant_id = $1 and execution_id = $2 and node_id = any ($3::uuid[]) and called_by is null and not superseded
    and (status in ('cancelled', 'skipped') or (status = 'failed' and port is null))) o
where tenant_id = o.t and id = o.i`,
};
const DONE = { name: 'workflow_rerun_done', text: `update workflow_executions set error = null where tenant_id = $1 and id = $2` };

/** With a write: that another attempt follows, or that one after a failure went well. Why it was tried again is told by its records. */
export async function writeAttempt(db: Database, { row: { tenantId, id, attempt } }: Walk, { rerun, status }: { rerun?: Rerun; status?: string }): Promise<void> {
  if (status === 'completed' && attempt > 1) await db.$client.query({ ...DONE, values: [tenantId, id] });
  if (!rerun) return;
  await db.$client.query({ ...AGAIN, values: [tenantId, id, rerun.attempt, JSON.stringify(rerun.fault)] });
  await db.$client.query({ ...SUPERSEDED, values: [tenantId, id, rerun.nodes] });
} // prettier-ignore

/** One call whose Change failed is made anew: under the same key the same Change would be found. With several targets some may have succeeded. */
const isAskedAnew = ({ node: { node } }: Spot, { changeId }: Rec): boolean =>
  changeId !== undefined && node.type === 'operation' && node.config['targets'] === undefined;

/** Prepares a place that a former attempt at the whole has been at; what that one has done by steps is done. Answers the record of it. */
export function anew(walk: Walk, spot: Spot): Rec | undefined {
  const before = walk.former.get(placeOf(spot.node.id, spot.frame.path));
  if (!before) return undefined;
  spot.before = before.attempt;
  if (spot.attempt <= before.attempt) {
    spot.attempt = before.attempt + 1;
    spot.round = before.round + (isAskedAnew(spot, before) ? 1 : 0);
  }
  return before;
}

/** What the next attempt goes on with, of a node that keeps its steps. */
export function keptOf({ type }: ProgramNode, rec: Rec | undefined): Pick<Rec, 'steps' | 'tokens' | 'cost'> {
  if (!type.keepsSteps || !rec?.steps) return {};
  const { steps, tokens, cost = 0 } = rec;
  return tokens === undefined ? { steps } : { steps, tokens, cost };
}
