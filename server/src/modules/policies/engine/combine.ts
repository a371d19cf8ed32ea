import type { Requirement } from '#kernel/gate-steps.ts';
import type { CompiledPolicy, CompiledSet } from './compile.ts';
import { demandOf, joinDemands, unmetDemands } from './demands.ts';
import type { EngineFacts, Exemption } from './facts.ts';
import type { Judgement } from './judge.ts';
import { rateLimitsOf } from './rate-keys.ts';
import type { Demands, Effect, EngineError, Matched, Refusal, Ruling } from './ruling.ts';
import { textOf, windowText } from './texts.ts';
import { LAYERS, type Severity } from './types.ts';

/** A rule, the set it stands in, and what it says of the call. */
export interface Judged {
  set: CompiledSet;
  compiled: CompiledPolicy;
  judgement: Judgement;
  exemption?: Exemption;
}

/** What one rule brings into the decision. */
interface Part {
  refusal?: Refusal & { severity: Severity };
  requirement?: Requirement;
  demands?: Demands;
  rateLimits?: Ruling['rateLimits'];
  notify?: Ruling['notify'][number];
  warning?: string;
  error?: EngineError;
  effect: Matched['effect'];
  text: string;
}

const WINDOWS_OR_APPROVALS: ReadonlySet<string> = new Set(['time-window', 'approval-required']);

/** An emergency skips approvals and windows (and nothing else), unless the rule says that it never does. */
const skipped = ({ compiled: { policy }, judgement: { blocked, need, error } }: Judged, facts: EngineFacts): boolean =>
  facts.change?.emergency === true &&
  policy.breakGlass === 'allowed' &&
  WINDOWS_OR_APPROVALS.has(policy.type) &&
  (blocked ?? need ?? error) !== undefined;

function failed({ compiled: { policy, rule }, judgement }: Judged, facts: EngineFacts): Part {
  const onError = policy.onError ?? (facts.operation.risk === 'read' ? 'ignore' : 'deny');
  const denies = onError === 'deny' && policy.enforcement === 'enforce';
  const text = `The rule ${policy.id} could not be evaluated, so the call is ${denies ? 'denied' : 'not held up by it'}.`;
  const error: EngineError = { policy: rule, message: judgement.error!, outcome: denies ? 'denied' : 'ignored' };
  if (denies)
    return { refusal: { rule, text, slug: 'policy-denied', severity: policy.severity, extras: { onError: 'deny' } }, error, effect: 'deny', text };
  return { error, effect: policy.enforcement === 'audit' ? 'none' : 'warn', text, ...(policy.enforcement !== 'audit' && { warning: text }) };
}

function requirementOf({ set, compiled: { policy, rule }, judgement: { need } }: Judged, text: string): Requirement | undefined {
  if (policy.type !== 'approval-required' || !need) return undefined;
  const { distinct, expiresInSeconds, sla } = policy.approval;
  return {
    rule,
    text,
    need,
    ...(distinct && { distinct }),
    ...(expiresInSeconds !== undefined && { expiresInSeconds }),
    ...(sla && { sla }),
    ...(policy.breakGlass === 'never' && { breakGlass: 'never' as const }),
    ...(set.layer === 'platform' && { installation: true as const }),
  };
}

function forbids(judged: Judged, text: string): Refusal | undefined {
  const { compiled: { policy, rule }, judgement: { blocked } } = judged;
  if (policy.type === 'deny') return { rule, text, slug: 'policy-denied' };
  if (policy.type !== 'time-window' || !blocked) return undefined;
  return { rule, text: windowText(text, blocked), slug: 'outside-window', extras: { ...blocked } };
} // prettier-ignore

/** What a rule that applies brings, as if it were enforced. */
function bring(judged: Judged, facts: EngineFacts): Part {
  const { set, compiled, judgement } = judged;
  const { policy, rule } = compiled;
  const text = textOf(policy, judgement.text);
  const refusal = forbids(judged, text);
  if (refusal) return { refusal: { ...refusal, severity: policy.severity }, effect: 'deny', text: refusal.text };
  const requirement = requirementOf(judged, text);
  if (requirement) return { requirement, effect: 'require', text };
  const demands = demandOf(policy, rule);
  if (Object.keys(demands).length > 0) return { demands, effect: 'require', text };
  if (policy.type === 'notify') return { notify: { rule, text, ...policy.notify }, effect: 'allow', text };
  if (policy.type === 'rate-limit') return { rateLimits: rateLimitsOf(set, compiled, facts, text), effect: 'allow', text };
  return { effect: 'none', text };
}

/** Without enforcement a rule warns of what it would have done, or is recorded only; its counters and messages stay. */
function soften(part: Part, enforcement: 'warn' | 'audit', facts: EngineFacts): Part {
  const { text, rateLimits, notify, effect } = part;
  const kept = { text, ...(rateLimits && { rateLimits }), ...(notify && { notify }) };
  if (effect === 'none' || effect === 'allow') return { ...kept, effect };
  const unmet = part.demands ? unmetDemands(part.demands, facts)[0] : undefined;
  if ((part.demands && !unmet) || enforcement === 'audit') return { ...kept, effect: 'none' };
  return { ...kept, effect: 'warn', warning: unmet?.text ?? text };
}

function partOf(judged: Judged, facts: EngineFacts): Part {
  const { compiled, judgement, exemption } = judged;
  const { policy } = compiled;
  const text = textOf(policy, judgement.text);
  if (exemption) return { effect: 'exempt', text };
  if (skipped(judged, facts)) return { effect: 'emergency', text };
  if (judgement.error !== undefined) return failed(judged, facts);
  const part = bring(judged, facts);
  const textError = judgement.textError && { policy: compiled.rule, message: `messageExpr: ${judgement.textError}`, outcome: 'ignored' as const };
  return { ...(policy.enforcement === 'enforce' ? part : soften(part, policy.enforcement, facts)), ...(textError && { error: textError }) };
}

/**
 * Rules of type allow-only are alternatives to each other within a layer: one of those that are about the call must allow it. Layers
 * are not alternatives, or an inner one could take away what an outer one demands.
 */
function allowOnly(all: readonly Judged[], facts: EngineFacts): { judged: Judged; part: Part }[] {
  const allowing = all.filter(({ judgement, exemption }) => judgement.applies && !exemption);
  // What is only tried out must not allow what an enforced rule does not.
  const allowedBesides = ({ set, compiled }: Judged): boolean =>
    allowing.some((one) => one.set.layer === set.layer && (one.compiled.policy.enforcement === 'enforce' || compiled.policy.enforcement !== 'enforce'));
  return all.map((judged) => {
    const { compiled: { policy, rule }, judgement, exemption } = judged;
    const text = textOf(policy, judgement.text);
    if (exemption) return { judged, part: { effect: 'exempt', text } };
    if (judgement.applies) return { judged, part: { effect: 'allow', text } };
    if (allowedBesides(judged)) return { judged, part: { effect: 'none', text } };
    if (judgement.error !== undefined) return { judged, part: failed(judged, facts) };
    const refusal = { rule, text, slug: 'policy-denied' as const, severity: policy.severity };
    const part: Part = { refusal, effect: 'deny', text };
    return { judged, part: policy.enforcement === 'enforce' ? part : soften(part, policy.enforcement, facts) };
  });
} // prettier-ignore

const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];
const byRule = (a: { rule: string }, b: { rule: string }): number => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);

function matchedOf({ set, compiled: { policy, rule }, judgement, exemption }: Judged, { effect, text }: Part): Matched {
  return {
    policy: rule,
    type: policy.type,
    version: set.version,
    layer: set.layer,
    severity: policy.severity,
    enforcement: policy.enforcement,
    effect,
    text,
    ...(exemption && { exemption: exemption.id }),
    ...(judgement.trace && { trace: judgement.trace }),
  };
}

function effectOf(ruling: Pick<Ruling, 'refusals' | 'requirements' | 'unmet' | 'warnings'>): Effect {
  if (ruling.refusals.length > 0) return 'deny';
  if (ruling.requirements.length + ruling.unmet.length > 0) return 'require';
  return ruling.warnings.length > 0 ? 'warn' : 'allow';
}

/** Weighs what all rules say: one that forbids decides, what is required adds up, and the order of rules makes no difference. */
export function combine(all: readonly Judged[], facts: EngineFacts): Ruling {
  const concerned = all.filter(({ compiled, judgement }) => judgement.applies || judgement.error !== undefined || compiled.policy.type === 'allow-only');
  const alternatives = concerned.filter(({ compiled }) => compiled.policy.type === 'allow-only');
  const others = concerned.filter(({ compiled }) => compiled.policy.type !== 'allow-only');
  const parts = [...others.map((judged) => ({ judged, part: partOf(judged, facts) })), ...allowOnly(alternatives, facts)].sort((a, b) =>
    byRule(a.judged.compiled, b.judged.compiled) || LAYERS.indexOf(a.judged.set.layer) - LAYERS.indexOf(b.judged.set.layer),
  );
  const pick = <K extends keyof Part>(key: K): NonNullable<Part[K]>[] => {
    const picked: NonNullable<Part[K]>[] = [];
    for (const { part } of parts) if (part[key] !== undefined) picked.push(part[key]);
    return picked;
  };
  const refusals = pick('refusal')
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || byRule(a, b))
    .map(({ severity: _, ...refusal }) => refusal);
  const demands = joinDemands(pick('demands'));
  const ruling = {
    refusals,
    unmet: unmetDemands(demands, facts).map((one) => ownWords(one, parts)),
    requirements: pick('requirement').sort(byRule),
    warnings: parts.flatMap(({ judged, part }) => (part.warning === undefined ? [] : [{ rule: judged.compiled.rule, text: part.warning }])),
  };
  return {
    effect: effectOf(ruling),
    ...(refusals[0] && { denied: refusals[0] }),
    ...ruling,
    demands,
    rateLimits: pick('rateLimits').flat().sort((a, b) => (a.key < b.key ? -1 : 1)),
    notify: pick('notify').sort(byRule),
    matched: parts.map(({ judged, part }) => matchedOf(judged, part)),
    errors: pick('error').sort((a, b) => (a.policy < b.policy ? -1 : 1)),
  };
} // prettier-ignore

/** A refusal that a rule has words for is told in these, with what exactly is missing behind them. */
function ownWords(refusal: Refusal, parts: readonly { judged: Judged }[]): Refusal {
  const message = parts.find(({ judged }) => judged.compiled.rule === refusal.rule)?.judged.compiled.policy.message;
  return message === undefined ? refusal : { ...refusal, text: `${message} ${refusal.text}` };
}
