import type { z } from 'zod';
import type { Clock } from './clock.ts';
import { NO_TENANT, type Actor } from './context.ts';
import { NO_DATABASE, type Database, type Databases } from './database.ts';
import { appendEvents } from './events.ts';
import { check, permitted, type Attempt, type Checked, type CheckDeps } from './gate-check.ts';
import { checkStage, type Remaining } from './gate-stage.ts';
import { Trace, entryOf } from './gate-trace.ts';
import type { Call, Demands, OpenedChange, RateState, Requirement, Steps } from './gate-steps.ts';
import { finished, keptOf } from './finishing.ts';
import { claimKey, keepOutcome } from './idempotency.ts';
import { newId } from './ids.ts';
import type { Live } from './live.ts';
import type { AnyOperation, Operation, Risk } from './operation.ts';
import type { FullPlan } from './plan.ts';
import type { Adapters } from './port.ts';
import type { PublishedOperations } from './published.ts';
import { asProblem, Problem } from './problem.ts';
import type { Registry } from './registry.ts';
import { scrub, scrubValue } from './taint.ts';
import { spanned } from './tracing.ts';
import { within } from './whereabouts.ts';

export type { Call, Credentials, RateState, Requirement, Steps } from './gate-steps.ts';

export type Outcome<T> =
  | { status: 'done'; output: T; changeId: string | null; changeNumber: string | null; replayed: boolean }
  | { status: 'planned'; plan: FullPlan; risk: Risk; planHash: string; requirements: readonly Requirement[]; demands: Demands }
  | { status: 'accepted'; change: OpenedChange & { operation: string } };
/** `warnings`: what rules say of the call without forbidding it. */
export type Passed<T> = Outcome<T> & { decisionId: string; rate: RateState | null; warnings: readonly string[] };

export interface Gate {
  /** One call of one Operation: authenticate, tenant, rate limit, permission, validate, targets, scope, policy, plan, approval, run, audit, event. Throws Problem. */
  pass: <I extends z.ZodObject, O extends z.ZodType>(operation: Operation<I, O>, raw: unknown, call: Call) => Promise<Passed<z.output<O>>>;
  /** Only the first step: who is this, in the tenant that the call names or whose host name it was sent to? Throws Problem. */
  actor: (call: Call) => Promise<Actor>;
  /** Operations whose permission the actor holds, those that their tenant has published included. */
  offered: (actor: Actor) => Promise<AnyOperation[]>;
  /** The Operation that a tenant has published under this name itself; undefined where it has not. */
  published: (tenantId: string, name: string) => Promise<AnyOperation | undefined>;
  /** Trusted resume, for the job worker alone: permission, scope and policy again, now, for a Change that was stored. */
  recheck: (db: Database, actor: Actor, operation: AnyOperation, raw: unknown, changeId: string) => Promise<Checked>;
  /** The same between the stages of one that is under way, about what comes next. */
  recheckStage: (db: Database, actor: Actor, operation: AnyOperation, raw: unknown, changeId: string, next: Remaining) => Promise<void>;
}

export interface GateDeps {
  registry: Registry;
  databases: Databases;
  steps: Steps;
  adapters: Adapters;
  live: Live;
  now: Clock;
  digest: CheckDeps['digest'];
  published?: PublishedOperations | undefined;
}

/** The same call with the same key was made before: its outcome is answered, and nothing is done. */
class Replayed extends Error {
  readonly outcome: Outcome<unknown>;
  constructor(first: { status: string }) {
    super('replayed');
    this.outcome = { ...first, ...(first.status === 'done' ? { replayed: true } : {}) } as Outcome<unknown>;
  }
}

const NOBODY: Actor = {
  kind: 'anonymous',
  id: 'anonymous',
  name: 'anonymous',
  email: null,
  tenantId: NO_TENANT,
  tenantSlug: '',
  credentialId: null,
  permissionCap: null,
  ip: null,
};

/** What an outside system answered may stand in a problem, and a secret's value in that: neither a surface nor the trail is to say it. */
function clean(problem: Problem, tenantId: string): Problem {
  problem.message = scrub(problem.message, tenantId);
  Object.assign(problem.extras, scrubValue(problem.extras, tenantId));
  return problem;
}

const resultOf = ({ kind }: Problem, stage: string): 'denied' | 'failure' | 'error' =>
  kind.status >= 500 ? 'error' : stage === 'run' || stage === 'plan' ? 'failure' : 'denied';

/**
 * What leaves no Change has no plan to answer with and nothing to keep as a draft: rather than be done, it is refused. One that heeds a dry
 * run itself may be tried.
 */
function requireChange({ name, risk, change, handlesDryRun }: AnyOperation, { dryRun, draft }: Call['envelope'], trace: Trace): void {
  if (risk === 'read' || change !== 'none') return;
  const refuse = (slug: string, wish: string, lacks: string, field: string): never => {
    trace.stage = 'plan';
    throw new Problem(slug, `${wish} of ${name} was asked for. It leaves no Change and so has ${lacks}; nothing was done. Call it without ${field} when you mean it.`);
  };
  if (dryRun && !handlesDryRun) refuse('no-dry-run', 'A dry run', 'no plan to answer with', 'dryRun');
  if (draft) refuse('no-draft', 'A draft', 'nothing that could be kept until it is submitted', 'draft');
} // prettier-ignore

/** In the trail a dry run must not read like the deed. */
const ONLY_PLANNED = { reason: { stage: 'plan', code: 'dry-run', text: 'Only planned; nothing was done.' } };

/** Builds the one way in. Steps come from modules; their order is fixed here and nowhere else. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createGate(deps: GateDeps): Gate {
  const { registry, databases, steps, live, now, published } = deps;
  const checks: CheckDeps = deps;

  const leavesChange = ({ operation, risk }: Checked): boolean => risk !== 'read' && operation.change !== 'none';

  async function act(checked: Checked, call: Call, trace: Trace): Promise<Outcome<unknown>> {
    const { plan, planHash, risk, requirements, demands, settle } = checked;
    trace.warnings = checked.warnings;
    if (leavesChange(checked) && call.envelope.dryRun) return { status: 'planned', plan: plan!, risk, planHash, requirements, demands };
    requireChange(checked.operation, call.envelope, trace);
    if (settle) await trace.time('policy', settle);
    if (leavesChange(checked)) return asChange(checked, call, trace);
    return { status: 'done', output: await runInline(checked, trace), changeId: null, changeNumber: null, replayed: false };
  }

  async function asChange(checked: Checked, call: Call, trace: Trace): Promise<Outcome<unknown>> {
    const { operation, ctx, input } = checked;
    const waits = checked.requirements.length > 0;
    const start = call.envelope.draft ? 'draft' : operation.runs === 'job' || waits ? 'job' : 'inline';
    const change = await trace.time('change', () => steps.changes.open(ctx, { ...checked, plan: checked.plan!, reach: ctx.reach, start }));
    ctx.changeId = change.id;
    trace.changeId = change.id;
    if (start === 'job' && !waits && operation.runs === 'job') await operation.accept?.(ctx, input);
    if (start !== 'inline') return { status: 'accepted', change: { ...change, operation: operation.name } };
    const output = await runInline(checked, trace);
    await steps.changes.succeeded(ctx, change.id, output);
    return { status: 'done', output, changeId: change.id, changeNumber: change.number, replayed: false };
  }

  const runInline = ({ operation, ctx, input }: Checked, trace: Trace): Promise<unknown> =>
    trace.time('run', async () => {
      if (operation.runs === 'job') throw new Error(`${operation.name} is a job and cannot run inline`);
      try {
        return operation.output.parse(await operation.run(ctx, input));
      } finally {
        // An act that is about a Change without being one, such as a decision, says which; its trail names it, also when it is refused.
        trace.changeId ??= ctx.changeId;
      }
    });

  /** The one transaction of a call. Nothing in it is kept unless the audit entry is. */
  async function inTenant(actor: Actor, operation: AnyOperation, raw: unknown, call: Call, trace: Trace): Promise<Outcome<unknown>> {
    const readOnly = operation.risk === 'read';
    const emitted = { count: 0 };
    const after: (() => void)[] = [];
    const outcome = await databases
      .tenant({ tenantId: actor.tenantId, actorId: actor.id, requestId: call.requestId, operation: operation.name, readOnly }, async (db) => {
        const key = readOnly || call.envelope.dryRun ? undefined : call.envelope.idempotencyKey;
        const onInput =
          key === undefined
            ? undefined
            : async (inputHash: string): Promise<void> => {
                const replay = await claimKey(db, { actor, key, operation: operation.name, inputHash });
                if (replay) throw new Replayed(replay);
              };
        const checked = await check(checks, { db, actor, operation, raw, call, trace, onInput });
        const acted = await act(checked, call, trace);
        if (readOnly || acted.status === 'planned') return acted; // audited right after
        const entry = entryOf(trace, acted.status === 'accepted' ? 'pending' : 'success');
        await trace
          .time('audit', () => steps.audit.write(db, entry))
          .catch((cause: unknown) => {
            throw new Problem(
              'dependency-unavailable',
              'The audit trail cannot be written, so nothing was done. Try again in a moment.',
              { retryAfterSeconds: 5 },
              { cause },
            );
          });
        emitted.count = await appendEvents(db, actor.tenantId, checked.events, trace.changeId);
        after.push(...checked.after);
        if (key) await keepOutcome(db, actor, key, keptOf(operation, acted));
        return acted;
      })
      .catch((error: unknown) => {
        if (error instanceof Replayed) return error.outcome;
        throw error;
      });
    if (readOnly || outcome.status === 'planned')
      await steps.audit.later({ ...entryOf(trace, 'success'), ...(outcome.status === 'planned' ? ONLY_PLANNED : {}) });
    if (emitted.count > 0 || trace.changeId) live.publish(`tenant:${actor.tenantId}`);
    for (const follow of after) follow();
    // Whatever was enqueued has been announced too, so one look at the outbox and the queue finds it.
    if (emitted.count > 0) for (const topic of ['outbox', 'jobs:change']) live.publish(topic);
    return outcome;
  }

  /**
   * A stranger works in no tenant, so there is no transaction: a sign-in may wait for another's server, and holds nobody up meanwhile.
   * It belongs to a tenant, if to any, that is known only when it is done, and is audited then.
   */
  async function ofStranger(actor: Actor, operation: AnyOperation, raw: unknown, call: Call, trace: Trace): Promise<Outcome<unknown>> {
    const outcome = await act(await check(checks, { db: NO_DATABASE, actor, operation, raw, call, trace }), call, trace);
    await steps.audit.later(entryOf(trace, 'success'));
    return outcome;
  }

  /** The effect is rolled back; the trace of the attempt is not. */
  async function refused(error: unknown, trace: Trace, raw: unknown): Promise<never> {
    const problem = clean(asProblem(error), trace.actor?.tenantId ?? NO_TENANT);
    const entry = entryOf(trace, resultOf(problem, trace.stage), problem);
    if (trace.actor && trace.actor.kind !== 'anonymous' && problem.slug !== 'validation-failed')
      await steps.audit.later(entry).catch(() => undefined);
    steps.observe(entry, problem);
    const { actor, operation, call } = trace;
    if (actor && actor.tenantId !== NO_TENANT && problem.kind.status === 404) steps.missed?.({ actor, operation, call, raw });
    Object.assign(problem.extras, { decisionId: trace.decisionId });
    if (trace.rate) Object.defineProperty(problem, 'rate', { value: trace.rate, enumerable: false });
    throw problem;
  }

  /** Who calls, in which tenant. Path, header and host may each name it; when they differ, none of them is believed. */
  async function callerOf(call: Call, inInput?: unknown): Promise<Actor> {
    const named = [typeof inInput === 'string' ? inInput : undefined, call.tenant, call.hostTenant].filter((one) => one !== undefined);
    const actor = call.as ?? (await steps.authenticate({ ...call, tenant: named[0] }));
    if (named.some((one) => one !== actor.tenantId && one !== actor.tenantSlug))
      throw new Problem('tenant-ambiguous', 'Path, header and host name of the request name different tenants. Name one, in one place.');
    return actor;
  }
  const caller = ({ tenantField }: AnyOperation, raw: unknown, call: Call): Promise<Actor> =>
    callerOf(call, tenantField === undefined ? undefined : (raw as Record<string, unknown> | null)?.[tenantField]);

  async function passOnce(operation: AnyOperation, raw: unknown, call: Call): Promise<Passed<unknown>> {
    const trace = new Trace(newId(), operation, call, now());
    let leave = (): void => undefined;
    try {
      if (registry.operations.get(operation.name) !== operation && !published?.owns(operation))
        throw new Error(`${operation.name} is not registered`);
      if (operation.hiddenFrom?.includes(call.surface)) throw new Problem('not-found', `${operation.name} is not offered here.`);
      // A sign-in never looks at what came along: an old cookie must neither stop it nor be carried on (session fixation).
      const actor = operation.access === 'public' ? { ...NOBODY, ip: call.ip } : await trace.time('authenticate', () => caller(operation, raw, call));
      trace.actor = actor;
      trace.rate = await trace.time('rateLimit', async () => {
        if (steps.enter) leave = await steps.enter(actor);
        return steps.rateLimit(actor, operation, call);
      });
      const outcome = await (operation.access === 'public' ? ofStranger : inTenant)(actor, operation, raw, call, trace);
      steps.observe(entryOf(trace, 'success'), undefined);
      const told = outcome.status === 'done' ? await finished(deps, { operation, raw, actor, call }, outcome) : outcome;
      return { ...told, decisionId: trace.decisionId, rate: trace.rate, warnings: trace.warnings };
    } catch (error) {
      return await refused(error, trace, raw);
    } finally {
      leave();
    }
  }

  /** What refuses to go on is told with the decision that it left. */
  async function resuming<T>(wanted: Omit<Attempt, 'call' | 'trace'>, work: (attempt: Attempt) => Promise<T>): Promise<T> {
    const call: Call = { surface: 'job', credentials: null, ip: wanted.actor.ip, requestId: newId(), envelope: {} };
    const trace = new Trace(newId(), wanted.operation, call, now());
    try {
      return await work({ ...wanted, call, trace });
    } catch (error) {
      const { stage, decisionId, rules } = trace;
      if (error instanceof Problem) Object.defineProperty(error, 'decided', { value: { stage, decisionId, rules }, enumerable: false });
      throw error;
    }
  }

  return {
    pass: (operation: AnyOperation, raw: unknown, call: Call) =>
      within({ requestId: call.requestId }, () =>
        spanned(operation.name, { surface: call.surface, requestId: call.requestId }, () => passOnce(operation, raw, call)),
      ) as never,
    actor: (call) => callerOf(call),
    async offered(actor) {
      return databases.tenant({ tenantId: actor.tenantId, readOnly: true }, async (db) => {
        const found: AnyOperation[] = [];
        for (const operation of registry.operations.values()) if (await permitted(steps, db, actor, operation)) found.push(operation);
        return actor.tenantId === NO_TENANT || !published ? found : [...found, ...(await published.offered(db, actor))];
      });
    },
    published: async (tenantId, name) => (tenantId === NO_TENANT ? undefined : published?.find(tenantId, name)),
    recheck: (db, actor, operation, raw, changeId) => resuming({ db, actor, operation, raw, resumed: changeId }, (attempt) => check(checks, attempt)),
    recheckStage: (db, actor, operation, raw, changeId, next) =>
      resuming({ db, actor, operation, raw, resumed: changeId }, (attempt) => checkStage(checks, attempt, next)),
  };
}
