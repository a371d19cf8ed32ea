import { compilePattern } from '#kernel/cel/regex.ts';
import { inWords } from './in-words.ts';
import type { EngineFacts } from './facts.ts';
import type { Demands, Refusal } from './ruling.ts';
import type { Policy } from './types.ts';

/** What one rule demands of a call it applies to. */
export function demandOf(policy: Policy, rule: string): Demands {
  const rules = [rule];
  switch (policy.type) {
    case 'require-comment': {
      const { minLength, pattern, ticketPattern } = policy.comment;
      return { comment: { rules, minLength, patterns: pattern === undefined ? [] : [pattern], ticketPatterns: ticketPattern === undefined ? [] : [ticketPattern] } };
    }
    case 'require-ticket':
      return { ticket: { rules, patterns: policy.ticket.pattern === undefined ? [] : [policy.ticket.pattern] } };
    case 'require-step-up':
      return { stepUp: { rules, ...policy.stepUp } };
    case 'require-dry-run':
      return { dryRun: { rules, ...policy.dryRun } };
    case 'limit-targets':
      return { limitTargets: { rules, max: policy.limitTargets.max } };
    case 'canary':
      return { canary: { rules, ...policy.canary } };
    default:
      return {};
  }
} // prettier-ignore

const union = (a: readonly string[], b: readonly string[]): string[] => (b.length === 0 ? [...a] : [...new Set([...a, ...b])].sort());
const both = (a: readonly string[] | undefined, b: readonly string[] | undefined): string[] | undefined =>
  a && b ? a.filter((one) => b.includes(one)) : [...(a ?? b ?? [])];

type Bare<K extends keyof Demands> = Omit<Required<Demands>[K], 'rules'>;
type Join = { [K in keyof Required<Demands>]: (a: Bare<K>, b: Bare<K>) => Bare<K> };

/** The stricter of two, whichever comes first: longest comment, all patterns, shortest window, common methods, fewest targets, largest canary. */
const JOIN: Join = {
  comment: (a, b) => ({
    minLength: Math.max(a.minLength, b.minLength),
    patterns: union(a.patterns, b.patterns),
    ticketPatterns: union(a.ticketPatterns, b.ticketPatterns),
  }),
  ticket: (a, b) => ({ patterns: union(a.patterns, b.patterns) }),
  stepUp: (a, b) => ({
    withinSeconds: Math.min(a.withinSeconds, b.withinSeconds),
    ...((a.amr ?? b.amr) && { amr: both(a.amr, b.amr)!.toSorted() }),
  }),
  dryRun: (a, b) => ({ maxAgeSeconds: Math.min(a.maxAgeSeconds, b.maxAgeSeconds) }),
  limitTargets: (a, b) => ({ max: Math.min(a.max, b.max) }),
  canary: (a, b) => {
    const most = (field: 'targets' | 'percent' | 'pauseSeconds') => {
      const value = Math.max(a[field] ?? 0, b[field] ?? 0);
      return value > 0 ? { [field]: value } : {};
    };
    return { ...most('targets'), ...most('percent'), ...most('pauseSeconds') };
  },
};

type Some = { rules: string[] };

export function joinDemands(all: readonly Demands[]): Demands {
  const joined: { [K in keyof Demands]?: Some } = {};
  for (const demands of all)
    for (const kind of Object.keys(demands) as (keyof Demands)[]) {
      const [old, demand] = [joined[kind], demands[kind]!];
      if (!old) joined[kind] = { ...demand, rules: [...demand.rules] };
      else {
        old.rules.push(...demand.rules);
        joined[kind] = { ...(JOIN[kind] as (a: unknown, b: unknown) => object)(old, demand), rules: old.rules };
      }
    }
  for (const demand of Object.values(joined)) demand.rules.sort();
  return joined as Demands;
}

const fits = (text: string | null | undefined, patterns: readonly string[]): boolean =>
  patterns.every((pattern) => text != null && compilePattern(pattern).matcher(text).find());

type Check = (demands: Demands, facts: EngineFacts) => Refusal | undefined;

/** Nothing is done by a dry run, so nobody has to say why it is done. */
const says: Check = ({ comment }, { change }) => {
  if (!comment || change?.dryRun) return undefined;
  const { rules, minLength, patterns } = comment;
  const text = change?.comment?.trim() ?? '';
  if (text.length >= minLength && fits(text, patterns)) return undefined;
  const extras = { minLength, patterns, ticketPatterns: comment.ticketPatterns, rules };
  const fitting = patterns.length > 0 ? ` that fits ${patterns.join(' and ')}` : '';
  return { rule: rules[0]!, slug: 'comment-required', text: `A comment of at least ${minLength} characters${fitting} is required.`, extras };
};

/** What rules about tickets and tickets beside comments ask for together; undefined when none does. */
function ticketOf({ ticket, comment }: Demands): { rules: string[]; patterns: string[] } | undefined {
  const beside = comment && comment.ticketPatterns.length > 0 ? { rules: comment.rules, patterns: comment.ticketPatterns } : undefined;
  if (!ticket || !beside) return ticket ?? beside;
  return { rules: union(ticket.rules, beside.rules), patterns: union(ticket.patterns, beside.patterns) };
}

const hasTicket: Check = (demands, { change }) => {
  const asked = ticketOf(demands);
  const number = change?.ticket?.trim() ?? '';
  if (!asked || change?.dryRun || (number !== '' && fits(number, asked.patterns))) return undefined;
  const { rules, patterns } = asked;
  const fitting = patterns.length > 0 ? ` that fits ${patterns.join(' and ')}` : '';
  return { rule: rules[0]!, slug: 'ticket-required', text: `A ticket number${fitting} is required.`, extras: { patterns, rules } };
};

const steppedUp: Check = ({ stepUp }, { user }) => {
  if (!stepUp) return undefined;
  const { withinSeconds, amr, rules } = stepUp;
  const fresh = user.mfaAgeSeconds != null && user.mfaAgeSeconds <= withinSeconds;
  if (fresh && (!amr || user.amr?.some((method) => amr.includes(method)))) return undefined;
  const how = amr && amr.length > 0 ? ` by ${amr.join(' or ')}` : '';
  const text = amr?.length === 0 ? 'The rules leave no method by which one could prove who one is.' : `Prove again who you are${how}: it must not be longer ago than ${inWords(withinSeconds)}.`;
  return { rule: rules[0]!, slug: 'step-up-required', text, extras: { withinSeconds, ...(amr && { amr }), rules } };
}; // prettier-ignore

const tried: Check = ({ dryRun }, { change }) => {
  if (!dryRun || change?.dryRun || (change?.dryRunAgeSeconds != null && change.dryRunAgeSeconds <= dryRun.maxAgeSeconds)) return undefined;
  const { maxAgeSeconds, rules } = dryRun;
  const text = `Make a dry run of the same call first; it counts for ${inWords(maxAgeSeconds)}.`;
  return { rule: rules[0]!, slug: 'dry-run-required', text, extras: { maxAgeSeconds, rules } };
};

const fewEnough: Check = ({ limitTargets }, { resources }) => {
  if (!limitTargets || resources.length <= limitTargets.max) return undefined;
  const { max, rules } = limitTargets;
  const text = `One change may touch ${max} resources at most; this one touches ${resources.length}.`;
  return { rule: rules[0]!, slug: 'target-limit-exceeded', text, extras: { max, targets: resources.length, rules } };
};

/** What a call does not meet of what is demanded, hardest to mend first. */
export const unmetDemands = (demands: Demands, facts: EngineFacts): Refusal[] =>
  [fewEnough, steppedUp, tried, says, hasTicket].map((check) => check(demands, facts)).filter((one) => one !== undefined);
