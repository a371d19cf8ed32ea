import type { Clock } from './clock.ts';
import { NO_TENANT, type Actor, type Context } from './context.ts';
import type { Database } from './database.ts';
import type { Emitted } from './events.ts';
import type { Call, Demands, Requirement, Steps, Verdict } from './gate-steps.ts';
import { entryOf, Trace } from './gate-trace.ts';
import { canonicalJson, newId } from './ids.ts';
import type { AnyOperation, Operation, Risk, Target } from './operation.ts';
import { Plan, type FullPlan } from './plan.ts';
import { providerOf, type Adapters } from './port.ts';
import { Problem } from './problem.ts';
import { requireProof } from './proof.ts';
import { coveringGrant, type Reach } from './scope.ts';
import { validated } from './validate.ts';

export interface CheckDeps {
  steps: Steps;
  adapters: Adapters;
  now: Clock;
  /** Keyed digest, so that the hash of an input with a short secret in it tells nothing. */
  digest: (text: string) => string;
}

export interface Checked {
  operation: AnyOperation;
  ctx: Context;
  input: Record<string, unknown>;
  inputHash: string;
  targets: readonly Target[];
  plan: FullPlan | undefined;
  planHash: string;
  risk: Risk;
  requirements: readonly Requirement[];
  demands: Demands;
  /** Rules that an emergency set aside. */
  skipped: readonly string[];
  /** What rules say without forbidding anything. */
  warnings: readonly string[];
  /** Charges what rules count; to be called once, before anything is done. Absent where nothing counts. */
  settle?: () => Promise<void>;
  /** Filled by `ctx.emit` while the operation runs. */
  events: Emitted[];
  /** Filled by `ctx.afterCommit`; to be called once the transaction is committed. */
  after: (() => void)[];
}

type Told = Pick<Checked, 'events' | 'after'>;

export interface Attempt {
  db: Database;
  actor: Actor;
  operation: AnyOperation;
  raw: unknown;
  call: Call;
  trace: Trace;
  /** Id of the Change that is being carried on. */
  resumed?: string;
  /** Told the input's hash before anything looks at the world: the repetition of an earlier call ends here, whatever has changed since. */
  onInput?: ((inputHash: string) => Promise<void>) | undefined;
}

export const EVERYTHING: Reach = [{ grantId: 'own', scope: { all: true } }];
const RANK: Record<Risk, number> = { read: 0, write: 1, high: 2 };
const higher = (a: Risk, b: Risk | undefined): Risk => (b !== undefined && RANK[b] > RANK[a] ? b : a);

/** Own affairs need no grant; but a key or agent with a cap, and who acts for others too, does not even do those beyond it. */
export const needsPermit = ({ access }: AnyOperation, { permissionCap, riskCap, within }: Actor): boolean =>
  access === undefined || (access === 'self' && (permissionCap !== null || riskCap !== undefined || within !== undefined));

export async function permitted(steps: Pick<Steps, 'permit'>, db: Database, actor: Actor, operation: AnyOperation): Promise<boolean> {
  if (operation.access === 'public') return false;
  if (!needsPermit(operation, actor)) return true;
  try {
    await steps.permit(db, actor, operation);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

/** What rules are told of a call in every phase. */
export const factsOf = <T extends { input: unknown; inputHash: string; targets: readonly Target[] }>(
  { actor, operation, trace, call }: Attempt,
  asked: T,
) => ({
  decisionId: trace.decisionId,
  actor,
  operation,
  envelope: call.envelope,
  surface: call.surface,
  via: call.via,
  ...asked,
});

/** Steps 4 to 10 of the Gate for one operation, in the caller's transaction. Has no effect of its own. */
export async function check(deps: CheckDeps, attempt: Attempt): Promise<Checked> {
  const { steps, now } = deps;
  const { db, actor, operation, trace, call, resumed } = attempt;
  if (!resumed) requireStanding(actor, operation, now());
  const reach = needsPermit(operation, actor) ? await trace.time('permission', () => steps.permit(db, actor, operation)) : EVERYTHING;
  const input = trace.timeNow('validate', () => validated(operation, attempt.raw));
  const inputHash = deps.digest(canonicalJson({ operation: operation.name, input }));
  trace.inputHash = inputHash;
  await attempt.onInput?.(inputHash);

  const told = { events: [] as Emitted[], after: [] as (() => void)[] };
  const ctx = contextOf(deps, attempt, reach, told);
  const targets = await trace.time('targets', () => (typeof operation.targets === 'function' ? operation.targets(ctx, input) : []));
  trace.targets = targets;
  trace.stage = 'scope';
  trace.grantId = grantFor(operation, reach, targets);
  if (ctx.emergency) {
    trace.rules = ['built-in/emergency@1'];
    await steps.changes.emergency(ctx, { operation, targets, envelope: call.envelope });
  }

  const facts = factsOf(attempt, { input, inputHash, targets });
  const verdicts: Verdict[] = [];
  const judge = async (phase: 'request' | 'plan' | 'apply', risk: Risk, plan: FullPlan | undefined): Promise<void> => {
    const asked = { ...facts, phase, risk, plan, changeId: resumed ?? null, now: now(), before: verdicts.at(-1) };
    const verdict = await trace.time('policy', () => steps.policy(db, asked));
    if (verdict.rules.length > 0) trace.rules = [...new Set([...trace.rules, ...verdict.rules])];
    if (verdict.denied) throw refusalOf(verdict.denied);
    verdicts.push(verdict);
  };
  const known = { operation, ctx, input, inputHash, targets, ...told };
  const plans = operation.risk !== 'read' && operation.change !== 'none';
  // What is resumed is judged once, with its plan.
  if (!resumed || !plans) await judge(resumed ? 'apply' : 'request', operation.risk, undefined);
  if (!plans) return { ...known, plan: undefined, planHash: '', risk: operation.risk, ...joined(verdicts), requirements: [] };
  const made = Plan.parse(await trace.time('plan', () => operation.plan!(ctx, input)));
  const plan = await trace.time('plan', () => steps.changes.conflicts(ctx, { plan: made, targets, changeId: resumed ?? null }));
  const risk = higher(operation.risk, plan.risk);
  trace.risk = risk;
  await permitRaised(deps, attempt, risk);
  await judge(resumed ? 'apply' : 'plan', risk, plan);
  return { ...known, plan, planHash: planHashOf(deps, operation, inputHash, plan), risk, ...joined(verdicts) };
}

/** A plan may raise the risk above what the grant allows. */
async function permitRaised(
  { steps }: CheckDeps,
  { db, actor, operation: { name, permission, access, ...operation }, trace }: Attempt,
  risk: Risk,
): Promise<void> {
  if (risk !== operation.risk && !access) await trace.time('permission', () => steps.permit(db, actor, { name, permission, risk }));
}

export const refusalOf = ({ rule, text, slug = 'policy-denied', extras }: NonNullable<Verdict['denied']>): Problem =>
  new Problem(slug, slug === 'policy-denied' ? `Rule "${rule}" forbids this: ${text}` : text, { ...extras, rule, policyId: rule });

/** What the phases said together. */
function joined(verdicts: readonly Verdict[]): Pick<Checked, 'requirements' | 'demands' | 'skipped' | 'warnings' | 'settle'> {
  const settles = verdicts.flatMap(({ settle }) => (settle ? [settle] : []));
  return {
    requirements: distinct(verdicts.flatMap(({ requirements }) => requirements)),
    demands: Object.assign({}, ...verdicts.map(({ demands }) => demands)) as Demands,
    skipped: [...new Set(verdicts.flatMap(({ skipped = [] }) => skipped))],
    warnings: [...new Set(verdicts.flatMap(({ warnings = [] }) => warnings))],
    ...(settles.length > 0 ? { settle: async () => { for (const settle of settles) await settle(); } } : {}),
  };
} // prettier-ignore

/** What the state of the caller's session forbids, whatever their rights are. */
function requireStanding(actor: Actor, { access, stepUp, name }: AnyOperation, now: Date): void {
  const { tenantId, limitedTo } = actor;
  if (access === undefined && tenantId === NO_TENANT)
    throw new Problem('tenant-required', 'You work in no tenant yet. Choose one (auth.switchTenant), or create one (tenants.create).');
  if (access === undefined && limitedTo === 'enrolment')
    throw new Problem('mfa-enrolment-required', 'Your tenant demands a second factor, and you have none yet. Set one up under Settings, Security.');
  if (stepUp !== undefined) requireProof(actor, stepUp, name, now);
}

const distinct = (requirements: readonly Requirement[]): Requirement[] => [
  ...new Map(requirements.map((requirement) => [requirement.rule, requirement])).values(),
];

const planHashOf = (deps: CheckDeps, operation: AnyOperation, inputHash: string, { changes, observed, cost, dataLoss, downtime }: FullPlan): string =>
  deps.digest(canonicalJson({ operation: operation.name, inputHash, changes, observed, cost, dataLoss, downtime }));

export function grantFor(operation: AnyOperation, reach: Reach, targets: readonly Target[]): string | null {
  if (targets.length === 0) return reach[0]?.grantId ?? null;
  const grant = coveringGrant(reach, targets);
  if (grant !== undefined) return grant;
  const names = targets.map(({ type, name, id }) => `${type} ${name ?? id}`).slice(0, 3);
  throw new Problem(
    'scope-denied',
    `You hold ${operation.permission}, but no grant of yours covers ${names.join(', ')}${targets.length > 3 ? ' and others' : ''}. Ask for a grant whose Scope does.`,
    { permission: operation.permission },
  );
}

export function contextOf(deps: CheckDeps, attempt: Attempt, reach: Reach, told: Told): Context {
  const { db, actor, call, trace, resumed } = attempt;
  const remembered = new Map<string, Promise<unknown>>();
  return {
    actor,
    tenantId: actor.tenantId,
    db,
    reach,
    now: deps.now,
    provider: providerOf(deps.adapters),
    once: <T>(key: string, load: () => Promise<T>) => {
      if (!remembered.has(key)) remembered.set(key, load());
      return remembered.get(key) as Promise<T>;
    },
    call: (operation, input) => inner(deps, attempt, operation, input, told),
    surface: call.surface,
    via: call.via,
    browser: call.browser,
    requestId: call.requestId,
    decisionId: trace.decisionId,
    changeId: resumed ?? null,
    ifMatch: call.envelope.ifMatch,
    comment: call.envelope.comment,
    ticket: call.envelope.ticket,
    emergency: call.envelope.emergency === true && !resumed,
    dryRun: call.envelope.dryRun === true && !resumed,
    actAs: (who) => {
      if (attempt.operation.access !== 'public') throw new Error('only a sign-in may say who the caller turned out to be');
      trace.actor = who;
    },
    emit: (type, payload) => void told.events.push({ type, data: payload }),
    afterCommit: (act) => void told.after.push(act),
  };
}

/** `ctx.call`: another operation through the same checks for the same actor, in the same transaction and the same Change. */
async function inner(deps: CheckDeps, outer: Attempt, operation: Operation, raw: unknown, told: Told): Promise<never> {
  const trace = new Trace(newId(), operation, { ...outer.call, surface: 'internal' }, deps.now());
  trace.actor = outer.actor;
  // A read within an emergency is none: time windows about reads go on holding.
  const plans = operation.risk !== 'read' && operation.change !== 'none';
  const call = plans ? outer.call : { ...outer.call, envelope: { ...outer.call.envelope, emergency: undefined } };
  const checked = await check(deps, { ...outer, operation, raw, trace, call, onInput: undefined });
  if (operation.runs === 'job' || (checked.requirements.length > 0 && !outer.resumed)) {
    throw new Problem(
      'invalid-transition',
      `${outer.operation.name} needs ${operation.name}, which has to wait for an approval or a job. Call ${operation.name} by itself first.`,
    );
  }
  if (checked.settle) await trace.time('policy', checked.settle);
  const output = operation.output.parse(await operation.run(checked.ctx, checked.input));
  told.events.push(...checked.events);
  told.after.push(...checked.after);
  const entry = entryOf(trace, 'success');
  await (operation.risk === 'read' ? deps.steps.audit.later(entry) : deps.steps.audit.write(outer.db, entry));
  return output as never;
}
