import { NO_TENANT } from '#kernel/context.ts';
import type { Database, Databases } from '#kernel/database.ts';
import type { Demands, PolicyFacts, Steps, Verdict } from '#kernel/gate-steps.ts';
import type { Bundle } from './bundle.ts';
import { surround } from './surround.ts';
import type { EngineFacts, Phase, RateLimitCheck, Ruling } from './engine/index.ts';
import { keep, together, type KeptRuling } from './kept.ts';
import { chargeLimits, checkLimits } from './limits.ts';
import type { ChangeFacts, Policies } from './providers/port.ts';
import type { Differing, Recorder } from './recorder.ts';
import { demandsOfBoth } from './demands.ts';
import { noteDryRun } from './dry-runs.ts';
import { inForce, shadows } from './trials.ts';
import { cannotWait, demandsOf, heldByPlatform, leavesChange, notAgreed, refusalOf, rulesOf, toDenied, tooMany } from './verdict.ts';

export interface StepDeps {
  policies: Policies;
  databases: Databases;
  recorder: Recorder;
}

/** What is carried from one phase of a call to the next. */
interface Kept {
  ruling: KeptRuling;
  differing: readonly Differing[];
  notices: Ruling['notify'];
  demands?: Demands;
}

const NOTHING: Verdict = { requirements: [], rules: [] };
/** Before a Change runs everything is asked again, as it is now. */
const PHASES: Record<Phase, readonly Phase[]> = { request: ['request'], plan: ['plan'], apply: ['request', 'plan', 'apply'] };
/** With rules that nobody can read any more, this alone goes on: to mend them, and to agree to that. */
const MENDING = /^(policies|policyExemptions|approvals|changes|auth|decisions)\./;

/** What two phases of one call came to, as one; a version in shadow is compared with all that was said, so all that it says is needed. */
function follow(before: Kept | undefined, { ruling, differing, notices }: Kept): Kept {
  if (!before) return { ruling, differing, notices };
  const earlier = (one: Differing) => before.differing.find(({ setId, number }) => setId === one.setId && number === one.number);
  return {
    ruling: together([before.ruling, ruling]),
    differing: differing.map((one) => ({ ...one, candidate: together([...(earlier(one) ? [earlier(one)!.candidate] : []), one.candidate]) })),
    notices: [...before.notices, ...notices],
  };
}

const isLast = ({ phase, operation, risk }: PolicyFacts): boolean => phase !== 'request' || !leavesChange(operation, risk);

/** Step 7, 9 and 11 of the Gate: what the rules in force say of a call. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createPolicyStep({ policies, databases, recorder }: StepDeps): Steps['policy'] {
  const { surroundings, counters } = policies;

  async function rule(bundle: Bundle, facts: EngineFacts, phase: Phase): Promise<Ruling[]> {
    const rulings: Ruling[] = [];
    for (const one of PHASES[phase]) if (bundle.concerns(one, facts.operation.name, facts.operation.risk)) rulings.push(await policies.evaluate(bundle, facts, one)); // prettier-ignore
    return rulings;
  }

  /** What versions in shadow would have said; whatever goes wrong with them must not be felt. */
  async function inShadow(bundle: Bundle, facts: EngineFacts, asked: PolicyFacts): Promise<Differing[]> {
    const found: Differing[] = [];
    for (const { set, number } of shadows(bundle, asked.now)) {
      const said = await rule(policies.withVersion(bundle, set), facts, asked.phase).catch(() => undefined);
      if (said && set.id !== null) found.push({ setId: set.id, number, candidate: together(said.map(keep)) });
    }
    return found;
  }

  function record(asked: PolicyFacts, facts: EngineFacts, { ruling, differing, notices }: Kept): void {
    const { decisionId, now: at, operation, risk, actor, phase, envelope } = asked;
    recorder.keep(
      { tenantId: actor.tenantId, decisionId, at, operation: operation.name, risk, actorId: actor.id, phase, dryRun: envelope.dryRun === true, facts, ruling },
      differing,
      ruling.denied ? [] : notices,
    ); // prettier-ignore
  }

  /** Charged in the call's own transaction, so that what is undone was not counted; a read has none that could write. */
  const charge = (db: Database, { actor: { tenantId }, risk, now }: PolicyFacts, checks: readonly RateLimitCheck[]): Promise<void> =>
    risk === 'read'
      ? databases.tenant({ tenantId }, (own) => chargeLimits(counters, own, tenantId, checks, now))
      : chargeLimits(counters, db, tenantId, checks, now);

  /** Nobody could ever agree while one person is all there is; what the installation demands stays demanded. */
  async function waived(db: Database, asked: PolicyFacts, ruling: KeptRuling): Promise<Pick<Verdict, 'requirements' | 'rules'>> {
    const { requirements, matched } = ruling;
    const held = requirements.filter((requirement) => heldByPlatform(matched, requirement));
    if (held.length === requirements.length || !(await surroundings.alone(db, asked.actor.tenantId))) return { requirements, rules: [] };
    return { requirements: held, rules: ['built-in/sole-member@1'] };
  }

  const broken = ({ broken: names }: Bundle, { operation, risk }: PolicyFacts): Verdict['denied'] => {
    if (names.length === 0 || risk === 'read' || MENDING.test(operation.name)) return undefined;
    const text = `The rules of “${names.join('”, “')}” can no longer be read, so nothing that they might forbid is done. Activate a version that can be read.`;
    return { rule: names[0]!, text };
  };

  function applied(asked: PolicyFacts, ruling: KeptRuling, requirements: Verdict['requirements'], change: ChangeFacts | undefined): Verdict {
    const lacking = change && notAgreed(requirements, change);
    const rules = rulesOf(ruling.matched);
    if (!lacking) return { requirements: [], rules };
    return { requirements: [], rules, denied: { rule: lacking.rule, text: 'The rules have changed: it asks for an agreement that this Change was not given. Ask for the change again.' } }; // prettier-ignore
  }

  // oxlint-disable-next-line complexity -- one decision, told in its order
  async function decide(db: Database, asked: PolicyFacts, bundle: Bundle): Promise<Verdict> {
    const { phase, actor, envelope, now } = asked;
    const { facts, change } = await surround(db, asked, bundle, surroundings);
    const rulings = await rule(bundle, facts, phase);
    const before = asked.before?.kept as Kept | undefined;
    const limits = phase === 'apply' ? [] : rulings.flatMap(({ rateLimits }) => rateLimits);
    const counted = limits.length > 0 ? await checkLimits(counters, db, actor.tenantId, limits, now) : undefined;
    const own = together(rulings.map(keep));
    if (!own.denied && counted?.denied) Object.assign(own, { denied: counted.denied, effect: 'deny' });
    const kept = follow(before, { ruling: own, differing: await inShadow(bundle, facts, asked), notices: rulings.flatMap(({ notify }) => notify) });
    const { ruling } = kept;
    const agreements = await waived(db, asked, own);
    const refusal =
      refusalOf(own, asked) ??
      tooMany(rulings, { count: facts.resources.length, operation: asked.operation }) ??
      cannotWait(asked, agreements.requirements);
    const matters = asked.risk !== 'read' || own.matched.length > 0 || kept.differing.length > 0;
    if (refusal || (isLast(asked) && matters)) record(asked, facts, { ...kept, ruling: refusal ? { ...ruling, denied: refusal } : ruling });
    const rules = rulesOf(own.matched);
    if (refusal) return { requirements: [], rules, denied: toDenied(refusal) };
    const demands = [before?.demands ?? {}, ...rulings.map((one) => demandsOf(one.demands))].reduce(demandsOfBoth);
    if (demands.dryRun && envelope.dryRun) await noteDryRun(db, asked);
    const isEmergency = facts.change?.emergency === true;
    // How it is to be carried out is what rules say now, not what they said when it was asked for.
    if (phase === 'apply')
      return { ...applied(asked, own, agreements.requirements, change), ...(demands.canary ? { demands: { canary: demands.canary } } : {}) };
    return {
      // What an emergency did not set aside, none does.
      requirements: isEmergency ? agreements.requirements.map((one) => ({ ...one, breakGlass: 'never' as const })) : agreements.requirements,
      skipped: own.matched.filter(({ effect }) => effect === 'emergency').map(({ policy }) => policy),
      rules: [...rules, ...agreements.rules],
      warnings: [...own.warnings, ...(counted?.warnings ?? [])].map(({ rule: name, text }) => `${name}: ${text}`),
      demands,
      kept: { ...kept, demands },
      ...(limits.length > 0 ? { settle: () => charge(db, asked, limits) } : {}),
    };
  }

  return async (db, asked) => {
    const { tenantId, id } = asked.actor;
    if (tenantId === NO_TENANT) return NOTHING;
    const bundle = inForce(await policies.bundle(db, tenantId), id, asked.now);
    const denied = broken(bundle, asked);
    if (denied) return { ...NOTHING, denied };
    const isAsked = PHASES[asked.phase].some((phase) => bundle.concerns(phase, asked.operation.name, asked.risk));
    // Nothing to say, and nothing to keep yet.
    if (!isAsked && (asked.risk === 'read' || !isLast(asked))) return NOTHING;
    return decide(db, asked, bundle);
  };
}
