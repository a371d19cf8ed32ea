import type { Via } from '#kernel/gate-steps.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import type { Json } from '../graph.ts';
import { NodeError, type CallOutcome, type NodeRun } from '../nodes/declare.ts';
import { idempotencyKey } from './keys.ts';
import type { RunDeps } from './node-run.ts';
import { touch } from './settle.ts';
import type { Spot, Walk } from './walk.ts';

interface Caller {
  walk: Walk;
  spot: Spot;
  deps: RunDeps;
  via: Via;
  step: <T extends Json>(walk: Walk, spot: Spot, key: string, act: () => Promise<T>) => Promise<T>;
}

function refusal(problem: Problem): CallOutcome {
  const { slug, message, kind, extras } = problem;
  const { policyId, retryAfterSeconds, state } = extras as { policyId?: string; retryAfterSeconds?: number; state?: unknown };
  const more = {
    ...(policyId === undefined ? {} : { rules: [policyId] }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(typeof state === 'string' ? { state } : {}),
  };
  return { status: 'refused', problem: { slug, status: kind.status, detail: message, ...more } };
}

/** What comes again by itself is not an answer: the node is tried again by its policy. */
const isPassing = ({ slug }: Problem): boolean => slug === 'dependency-unavailable' || slug === 'concurrency-limited';

async function passed({ walk, spot, deps, via }: Caller, name: string, input: Record<string, unknown>, options: { tag: string; comment?: string; dryRun: boolean }): Promise<CallOutcome> {
  const operation = deps.registry.operations.get(name);
  if (!operation) throw new NodeError('config-invalid', 'config', `There is no operation "${name}".`);
  const { row } = walk;
  const key = idempotencyKey(row.id, spot.node.id, `${spot.frame.path}\0${options.tag}`, spot.round);
  try {
    // Rights as they are now: what was taken away meanwhile is gone.
    const actor = await deps.revive(row.principal);
    const outcome = await deps.gate().pass(operation, input, {
      surface: 'workflow', credentials: null, as: actor, ip: actor.ip, requestId: `exec:${row.id}`, via,
      envelope: { idempotencyKey: key, ...(options.comment === undefined ? {} : { comment: options.comment }), ...(options.dryRun ? { dryRun: true } : {}) },
    });
    if (outcome.status === 'accepted') return { status: 'accepted', changeId: outcome.change.id, changeNumber: outcome.change.number, state: outcome.change.state };
    if (outcome.status === 'planned') return { status: 'planned', plan: outcome.plan as unknown as Json, risk: outcome.risk, requirements: outcome.requirements as unknown as Json };
    return { status: 'done', output: outcome.output as Json, changeId: outcome.changeId };
  } catch (error) {
    if (error instanceof Problem && !isPassing(error) && error.slug !== 'internal') return refusal(error);
    throw error;
  }
} // prettier-ignore

/**
 * What leaves no Change has no plan either. In a dry run it is told by its summary: what it is about may be told only, too. A node that
 * asks whether it may is answered by the Gate, which refuses to try it only when all else has been allowed.
 */
async function unplanned(operation: AnyOperation, simulates: boolean, call: () => Promise<CallOutcome>): Promise<CallOutcome> {
  const told: CallOutcome = { status: 'planned', plan: { summary: operation.summary, changes: [] }, risk: operation.risk, requirements: [] };
  if (simulates || operation.handlesDryRun) return told;
  const outcome = await call();
  return outcome.status === 'refused' && outcome.problem.slug !== 'no-dry-run' ? outcome : told;
}

/** An Operation through the Gate. One that acts is called once: its key is the node's, and its outcome is in the record before it is used. */
export async function callOperation(
  caller: Caller,
  name: string,
  input: Record<string, unknown>,
  { tag = '', comment, dryRun }: NonNullable<Parameters<NodeRun['call']>[2]> = {},
): Promise<CallOutcome> {
  const { walk, spot, deps } = caller;
  const options = { tag, dryRun: dryRun ?? walk.row.dryRun, ...(comment === undefined ? {} : { comment }) };
  const operation = deps.registry.operations.get(name);
  const isRead = operation?.risk === 'read';
  const call = (): Promise<CallOutcome> => passed(caller, name, input, isRead ? { ...options, dryRun: false } : options);
  if (options.dryRun && operation && !isRead && operation.change === 'none') return unplanned(operation, walk.row.dryRun, call);
  if (isRead || options.dryRun) return call();
  const outcome = (await caller.step(walk, spot, `call:${name}:${tag}`, async () => {
    const found = await call();
    if ('changeId' in found && found.changeId !== null) touch(walk, spot, { changeId: found.changeId });
    return found as unknown as Record<string, Json>;
  })) as unknown as CallOutcome;
  return outcome;
}
