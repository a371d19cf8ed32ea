import type { ApprovalNode } from '#kernel/gate-steps.ts';
import { inWords } from './in-words.ts';
import type { Matched, Ruling } from './ruling.ts';

function whoOf(node: Exclude<ApprovalNode, { all: unknown } | { any: unknown }>): string {
  const { who, count, otherTeam } = node;
  const people = typeof who === 'string'
    ? { scopeApprovers: 'who may decide over all the resources', resourceOwner: 'the owner of the resources' }[who]
    : 'team' in who ? `the team ${who.team}` : 'role' in who ? `the role ${who.role}` : who.users.join(', ');
  return `${count} of ${people}${otherTeam ? ', from another team than the requester' : ''}`;
} // prettier-ignore

/** Who must agree, in a sentence. */
function describeNeed(node: ApprovalNode): string {
  if ('all' in node) return node.all.map(describeNeed).map(bracketed).join(' and ');
  if ('any' in node) return node.any.map(describeNeed).map(bracketed).join(' or ');
  return whoOf(node);
}
const bracketed = (text: string): string => (/ (?:and|or) /.test(text) ? `(${text})` : text);

const OUTCOMES: Readonly<Record<Ruling['effect'], string>> = {
  allow: 'Allowed.',
  warn: 'Allowed, with a warning.',
  require: 'Allowed once what is required is there.',
  deny: 'Denied.',
};

const ROLE: Readonly<Record<Matched['effect'], string>> = {
  allow: 'lets it pass',
  none: 'is about this call and asks nothing of it',
  warn: 'warns',
  require: 'asks for something',
  deny: 'denies',
  exempt: 'is set aside by an exemption',
  emergency: 'is set aside because this is an emergency',
};

/** Parts of a condition that tell why it came out as it did: comparisons and calls, not the names in them. */
function traceLines({ trace = [] }: Matched): string[] {
  return trace
    .filter(({ source }) => !/^[\w.]+$/.test(source))
    .map(({ source, value, error, resource }) => `  ${resource === undefined ? '' : `[${resource}] `}${source} → ${error === undefined ? JSON.stringify(value) : `error: ${error}`}`);
} // prettier-ignore

/** A decision in plain language: the outcome, what is missing, and each rule with what it said and why. One line each. */
export function explain(ruling: Ruling): string[] {
  const { effect, refusals, unmet, requirements, rateLimits, warnings, matched, errors } = ruling;
  return [
    OUTCOMES[effect],
    ...refusals.map(({ rule, text }) => `${rule} forbids it: ${text}`),
    ...unmet.map(({ rule, text, slug }) => `${rule} is not met (${slug}): ${text}`),
    ...requirements.map(
      ({ rule, need, distinct }) => `${rule} needs approval by ${describeNeed(need)}${distinct ? ', each a different person' : ''}.`,
    ),
    ...rateLimits.map(({ rule, limit, windowSeconds }) => `${rule} counts it: at most ${limit} in ${inWords(windowSeconds)}.`),
    ...warnings.map(({ rule, text }) => `${rule} warns: ${text}`),
    ...errors.map(({ policy, message, outcome }) => `${policy} could not be evaluated (${message}); it was ${outcome}.`),
    ...(matched.length === 0 ? ['No rule is about this call.'] : []),
    ...matched.flatMap((one) => [
      `${one.policy} (version ${one.version}, ${one.layer}, ${one.enforcement}) ${ROLE[one.effect]}${one.exemption === undefined ? '' : ` (${one.exemption})`}.`,
      ...traceLines(one),
    ]),
  ];
}
