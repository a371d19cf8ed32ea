import type { Demands, PolicyFacts, Requirement, Verdict } from '#kernel/gate-steps.ts';
import { canonicalJson } from '#kernel/ids.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { canarySize } from '#kernel/staged.ts';
import type { Matched, Refusal, Ruling } from './engine/index.ts';
import type { KeptRuling } from './kept.ts';
import type { ChangeFacts } from './providers/port.ts';

/** What applied of the rules that were asked, with the version in force: `baseline/production@3`. */
export const rulesOf = (matched: readonly Pick<Matched, 'policy' | 'version' | 'effect'>[]): string[] => [
  ...new Set(matched.filter(({ effect }) => effect !== 'none').map(({ policy, version }) => `${policy}@${version}`)),
];

const ANSWERED_BY_DRY_RUN: ReadonlySet<string> = new Set(['comment-required', 'ticket-required', 'step-up-required', 'dry-run-required']);
/** Proven and tried when the Change was asked for; its job can do neither. */
const ASKED_ONCE: ReadonlySet<string> = new Set(['step-up-required', 'dry-run-required']);

/** The refusal that a caller is told, if any: what forbids, then what they could mend. */
export function refusalOf(
  ruling: Pick<KeptRuling, 'denied' | 'unmet'>,
  { phase, envelope, operation, risk }: Pick<PolicyFacts, 'phase' | 'envelope' | 'operation' | 'risk'>,
): Refusal | undefined {
  if (ruling.denied) return ruling.denied;
  const open = ruling.unmet.filter(({ slug }) => !(envelope.dryRun && ANSWERED_BY_DRY_RUN.has(slug)) && !(phase === 'apply' && ASKED_ONCE.has(slug)));
  const [first] = open;
  if (first?.slug !== 'dry-run-required' || risk === 'read' || leavesChange(operation, risk) || operation.handlesDryRun) return first;
  // As with an agreement that it cannot wait for: it would be sent for what it can never bring.
  const { extras: _, ...refusal } = first;
  return { ...refusal, slug: 'policy-denied', text: `It asks for a dry run first, and ${operation.name} has no plan that one could answer with.` };
}

export const leavesChange = ({ change }: Pick<PolicyFacts['operation'], 'change'>, risk: PolicyFacts['risk']): boolean =>
  risk !== 'read' && change !== 'none';

/** An agreement is waited for by a Change; what writes without leaving one is refused where somebody would have to agree. */
export function cannotWait({ operation, risk }: Pick<PolicyFacts, 'operation' | 'risk'>, requirements: readonly Requirement[]): Refusal | undefined {
  const [asked] = requirements;
  if (!asked || risk === 'read' || leavesChange(operation, risk)) return undefined;
  return { rule: asked.rule, text: `It asks for approval, and ${operation.name} is done at once and cannot wait for one.`, slug: 'policy-denied' };
}

/**
 * By a rule of type canary a few go first, and the others when those are well. A job that takes its targets one by one is carried out so;
 * whatever else acts on more than the few at once is refused.
 */
export function tooMany(
  rulings: readonly Pick<Ruling, 'demands'>[],
  { count, operation }: { count: number; operation: Pick<AnyOperation, 'runs'> & { staged?: true } },
): Refusal | undefined {
  if (operation.runs === 'job' && operation.staged) return undefined;
  const canary = rulings.flatMap(({ demands }) => (demands.canary ? [demands.canary] : [])).find((one) => count > canarySize(one, count));
  if (!canary) return undefined;
  const max = canarySize(canary, count);
  const text = `It is to be tried on ${max} of the resources first. Call it for at most ${max}, look at what they do, and go on with the others.`;
  return { rule: canary.rules[0]!, text, slug: 'target-limit-exceeded', extras: { max, count } };
}

/** What a form must ask for before the call is made. */
export function demandsOf({ comment, ticket, stepUp, dryRun, canary }: Ruling['demands']): Demands {
  const tickets = [...(ticket?.patterns ?? []), ...(comment?.ticketPatterns ?? [])];
  return {
    ...(comment ? { comment: { minLength: comment.minLength, patterns: comment.patterns } } : {}),
    ...(ticket || tickets.length > 0 ? { ticket: { patterns: tickets } } : {}),
    ...(stepUp ? { stepUp: { withinSeconds: stepUp.withinSeconds, ...(stepUp.amr ? { amr: stepUp.amr } : {}) } } : {}),
    ...(dryRun ? { dryRun: { maxAgeSeconds: dryRun.maxAgeSeconds } } : {}),
    ...(canary ? { canary } : {}),
  };
}

/** Rules that hold whoever is there: those of the installation. */
export const heldByPlatform = (matched: readonly Pick<Matched, 'policy' | 'layer'>[], { rule }: Pick<Requirement, 'rule'>): boolean =>
  matched.some(({ policy, layer }) => policy === rule && layer === 'platform');

/** A rule that asks now for an agreement which the Change was not given; undefined when all that is asked was agreed to. */
export function notAgreed(asked: readonly Requirement[], { agreed }: Pick<ChangeFacts, 'agreed'>): Requirement | undefined {
  if (agreed === null) return undefined;
  const given = new Map(agreed.map(({ rule, need }) => [rule, canonicalJson(need)]));
  return asked.find(({ rule, need }) => given.get(rule) !== canonicalJson(need));
}

export const toDenied = ({ rule, text, slug, extras }: Refusal): NonNullable<Verdict['denied']> => ({
  rule,
  text,
  slug,
  ...(extras ? { extras } : {}),
});
