import { callOf, type Call } from './call.ts';
import { withBudget } from './cel/cel.ts';
import { LIMITS, type Limits } from '#kernel/cel/limits.ts';
import { combine, type Judged } from './combine.ts';
import type { CompiledPolicy, CompiledSet } from './compile.ts';
import type { EngineFacts } from './facts.ts';
import { judge } from './judge.ts';
import { bindingRules, exemptionFrom, setsFor } from './layers.ts';
import type { EvaluateOptions, Ruling } from './ruling.ts';
import type { Phase } from './types.ts';

/** A rule that is about the call, to be judged. */
export interface Concerned {
  set: CompiledSet;
  compiled: CompiledPolicy;
}

/** The rules that are about a call, by what can be told without any expression. */
export function concernedBy(sets: readonly CompiledSet[], call: Call): Concerned[] {
  const holding = setsFor(sets, call.facts);
  return holding.flatMap((set) =>
    bindingRules(set, holding)
      .filter(({ policy, matcher }) => policy.phases.includes(call.phase) && matcher.fits(call))
      .map((compiled) => ({ set, compiled })),
  );
}

/** The tightest bounds of the sets: they share one budget. */
export const limitsOf = (sets: readonly CompiledSet[]): Limits => sets.find(({ limits }) => limits !== LIMITS)?.limits ?? LIMITS;

const asksExpressions = ({ compiled: { when, unless, messageExpr, tree } }: Concerned): boolean => Boolean(when ?? unless ?? messageExpr ?? tree);

/** How many times what one rule may cost all of a decision may cost together. */
const TOGETHER = 2;
const TOO_COSTLY = 'the rules that are about this call are together too costly to evaluate';

/**
 * Judges rules, each with a budget of its own. When all of them together cost too much, no rule with an expression counts as evaluated:
 * which of them was first makes no difference.
 */
export function judgeAll(concerned: readonly Concerned[], call: Call, limits: Limits, { trace = false }: EvaluateOptions): Judged[] {
  let shares = 0;
  const judged: Judged[] = [];
  withBudget(limits, { now: call.now, calendars: call.facts.calendars ?? {} }, (spent) => {
    for (const { set, compiled } of concerned) {
      spent.reset();
      const judgement = shares > TOGETHER ? { rule: compiled.rule, applies: false } : judge(set, compiled, call, trace);
      shares += spent.share();
      const exemption = exemptionFrom(set, compiled, call.facts);
      judged.push(exemption ? { set, compiled, judgement, exemption } : { set, compiled, judgement });
    }
  });
  if (shares <= TOGETHER) return judged;
  return judged.map((one) => {
    const { rule } = one.compiled;
    return { ...one, judgement: asksExpressions(one) ? { rule, applies: false, error: TOO_COSTLY } : judge(one.set, one.compiled, call, false) };
  });
}

/** Rules for the main thread and rules for the worker; each kind has a budget, wherever it runs. */
export const byCost = (concerned: readonly Concerned[]): { cheap: Concerned[]; expensive: Concerned[] } => ({
  cheap: concerned.filter(({ compiled }) => !compiled.expensive),
  expensive: concerned.filter(({ compiled }) => compiled.expensive),
});

/**
 * What all sets say of one call in one phase: pure, synchronous, and bounded by counting. Rules that would be too costly for the main
 * thread are better run by `createEvaluator`, with the same result. Throws RangeError when `facts.now` is not a moment.
 */
export function evaluate(sets: readonly CompiledSet[], facts: EngineFacts, phase: Phase, options: EvaluateOptions = {}): Ruling {
  const call = callOf(facts, phase);
  const { cheap, expensive } = byCost(concernedBy(sets, call));
  const limits = limitsOf(sets);
  return combine([...judgeAll(cheap, call, limits, options), ...judgeAll(expensive, call, limits, options)], facts);
}
