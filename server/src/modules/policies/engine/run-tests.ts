import type { ApprovalNode } from '#kernel/gate-steps.ts';
import { compileSet, type CompiledSet } from './compile.ts';
import { evaluate } from './evaluate.ts';
import type { Catalogue, EngineFacts } from './facts.ts';
import type { Effect, Ruling, TestReport, TestResult } from './ruling.ts';
import { testFacts } from './test-facts.ts';
import type { Expectation, Phase, PolicySet, PolicyTest } from './types.ts';

const EFFECTS: readonly Effect[] = ['allow', 'warn', 'require', 'deny'];
const PHASES: Record<EngineFacts['operation']['risk'], readonly Phase[]> = {
  read: ['request'],
  write: ['request', 'plan', 'apply'],
  high: ['request', 'plan', 'apply'],
};

/** What a call is told in the end: the first phase that denies ends it, otherwise everything that came up on the way. */
function evaluateAllPhases(sets: readonly CompiledSet[], facts: EngineFacts): Ruling {
  const rulings: Ruling[] = [];
  for (const phase of PHASES[facts.operation.risk]) {
    rulings.push(evaluate(sets, facts, phase));
    if (rulings.at(-1)!.denied) break;
  }
  const unique = <T>(of: (ruling: Ruling) => readonly T[], key: (one: T) => string): T[] => [...new Map(rulings.flatMap(of).map((one) => [key(one), one])).values()];
  const denied = rulings.at(-1)!.denied;
  return {
    effect: EFFECTS[Math.max(...rulings.map(({ effect }) => EFFECTS.indexOf(effect)))]!,
    ...(denied && { denied }),
    refusals: unique((one) => one.refusals, ({ rule, slug }) => rule + slug),
    unmet: unique((one) => one.unmet, ({ rule, slug }) => rule + slug),
    requirements: unique((one) => one.requirements, ({ rule }) => rule),
    demands: Object.assign({}, ...rulings.map((one) => one.demands)) as Ruling['demands'],
    rateLimits: unique((one) => one.rateLimits, ({ key }) => key),
    notify: unique((one) => one.notify, ({ rule }) => rule),
    warnings: unique((one) => one.warnings, ({ rule, text }) => rule + text),
    matched: unique((one) => one.matched, ({ policy, effect }) => policy + effect),
    errors: unique((one) => one.errors, ({ policy, message }) => policy + message),
  };
} // prettier-ignore

const leavesOf = (node: ApprovalNode): { group: string; count: number }[] => {
  if ('all' in node) return node.all.flatMap(leavesOf);
  if ('any' in node) return node.any.flatMap(leavesOf);
  const { who, count } = node;
  const group = typeof who === 'string' ? who : 'team' in who ? who.team : 'role' in who ? who.role : who.users.join(',');
  return [{ group, count }];
};

/** Ids of the policies of a set that say something of the call. */
const matchedIn = (ruling: Ruling, set: PolicySet): string[] => [
  ...new Set(ruling.matched.filter(({ policy, effect }) => policy.startsWith(`${set.name}/`) && effect !== 'none').map(({ policy }) => policy.slice(set.name.length + 1))),
]; // prettier-ignore

const quoted = (names: readonly string[]): string => (names.length > 0 ? names.join(', ') : 'none');

type Check = (expect: Expectation, ruling: Ruling, set: PolicySet) => string | undefined;

const CHECKS: readonly Check[] = [
  ({ effect }, ruling) => (effect !== undefined && effect !== ruling.effect ? `expected effect ${effect}, got ${ruling.effect}` : undefined),
  ({ matched = [] }, ruling, set) => {
    const found = matchedIn(ruling, set);
    const missing = matched.filter((id) => !found.includes(id));
    return missing.length > 0 ? `expected ${missing.join(', ')} to match; matching: ${quoted(found)}` : undefined;
  },
  ({ notMatched = [] }, ruling, set) => {
    const found = notMatched.filter((id) => matchedIn(ruling, set).includes(id));
    return found.length > 0 ? `expected ${found.join(', ')} not to match` : undefined;
  },
  ({ problem }, ruling) => {
    const slugs = [...ruling.refusals, ...ruling.unmet].map(({ slug }) => slug);
    return problem !== undefined && !slugs.includes(problem as never) ? `expected problem ${problem}, got ${quoted(slugs)}` : undefined;
  },
  ({ approval }, ruling) => {
    if (!approval) return undefined;
    const leaves = ruling.requirements.flatMap(({ need }) => leavesOf(need));
    const missing = (approval.groups ?? []).filter((group) => !leaves.some((leaf) => leaf.group === group));
    if (missing.length > 0) return `expected approval by ${missing.join(', ')}; asked: ${quoted(leaves.map(({ group }) => group))}`;
    const count = leaves.reduce((total, leaf) => total + leaf.count, 0);
    return approval.count !== undefined && approval.count !== count ? `expected ${approval.count} approvals, got ${count}` : undefined;
  },
];

const NOTHING: Ruling = {
  effect: 'allow',
  refusals: [],
  unmet: [],
  requirements: [],
  demands: {},
  rateLimits: [],
  notify: [],
  warnings: [],
  matched: [],
  errors: [],
};

function runOne(compiled: CompiledSet, test: PolicyTest, catalogue: Catalogue, calendars: readonly string[]): TestResult {
  const { set } = compiled;
  const base = { name: test.name, pointer: test.pointer };
  try {
    const ruling = evaluateAllPhases([compiled], testFacts(test.given, catalogue, calendars));
    const unknown = [...(test.expect.matched ?? []), ...(test.expect.notMatched ?? [])].filter((id) => !set.policies.some((policy) => policy.id === id));
    const failures = [...unknown.map((id) => `there is no policy "${id}"`), ...CHECKS.map((check) => check(test.expect, ruling, set)).filter((one) => one !== undefined)];
    return { ...base, passed: failures.length === 0, failures, ruling };
  } catch (error) {
    return { ...base, passed: false, failures: [`the facts are not usable: ${(error as Error).message}`], ruling: NOTHING };
  }
} // prettier-ignore

/** Policies for which no test matches, or no test does not. A rule that is switched off needs none. */
function uncoveredOf(compiled: CompiledSet, results: readonly TestResult[]): TestReport['uncovered'] {
  const matching = results.map(({ ruling }) => new Set(matchedIn(ruling, compiled.set)));
  return compiled.policies.flatMap(({ policy: { id: policy } }) => [
    ...(matching.some((one) => one.has(policy)) ? [] : [{ policy, missing: 'matching' as const }]),
    ...(matching.some((one) => !one.has(policy)) ? [] : [{ policy, missing: 'not-matching' as const }]),
  ]);
}

const calendarsOf = (set: PolicySet): string[] =>
  set.policies.flatMap((policy) => (policy.type === 'time-window' ? policy.timeWindow.calendars : []));

/** Runs the tests of a set with the same engine that decides on calls. Throws TypeError for a set that does not compile. */
export function runTests(set: PolicySet, catalogue: Catalogue = []): TestReport {
  const compiled = compileSet(set, catalogue);
  if (Array.isArray(compiled)) throw new TypeError(compiled.map(({ message }) => message).join('; '));
  const results = set.tests.map((test) => runOne(compiled, test, catalogue, calendarsOf(set)));
  const uncovered = uncoveredOf(compiled, results);
  const covered = uncovered.length === 0 || !set.requireTests;
  return { passed: covered && results.every(({ passed }) => passed), results, uncovered };
}
