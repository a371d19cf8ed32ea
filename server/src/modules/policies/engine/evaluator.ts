import { Apart, Overrun } from './apart.ts';
import { callOf, type Call } from './call.ts';
import { combine, type Judged } from './combine.ts';
import type { CompiledSet } from './compile.ts';
import { byCost, concernedBy, judgeAll, limitsOf, type Concerned } from './evaluate.ts';
import type { EngineFacts } from './facts.ts';
import type { Judgement } from './judge.ts';
import { exemptionFrom } from './layers.ts';
import { MET } from './thread.ts';
import type { EvaluateOptions, Ruling } from './ruling.ts';
import { createStrikes } from './strikes.ts';
import type { Phase } from './types.ts';
import type { SetMessage } from './worker.ts';

export interface EvaluatorOptions {
  /** After so long an evaluation that does not end is stopped, and its rules count as failed. */
  hardStopMs?: number;
  /** How long such a rule may wait for the thread, which is made when it is first needed. */
  waitMs?: number;
}

export interface Evaluator {
  /** As `evaluate`, with costly rules in a thread of their own. Never rejects for what a rule does. */
  evaluate: (sets: readonly CompiledSet[], facts: EngineFacts, phase: Phase, options?: EvaluateOptions) => Promise<Ruling>;
  close: () => Promise<void>;
}

/** Takes decisions for a whole process: most rules at once, where the caller runs; those that could take long where they can be stopped. */
export function createEvaluator({ hardStopMs = 50, waitMs = 3_000 }: EvaluatorOptions = {}): Evaluator {
  const apart = new Apart({ hardStopMs, waitMs });
  const keys = new WeakMap<CompiledSet, number>();
  const strikes = createStrikes();
  let lastKey = 0;
  let lastTask = 0;

  const keyOf = (set: CompiledSet): number => {
    const key = keys.get(set) ?? ++lastKey;
    keys.set(set, key);
    return key;
  };

  function messageOf(set: CompiledSet): SetMessage {
    const key = keyOf(set);
    if (apart.met.has(key)) return { key };
    if (apart.met.size >= MET) apart.met.clear();
    apart.met.add(key);
    return { key, set: set.set, options: { version: set.version, layer: set.layer, limits: set.limits, ...(set.team !== undefined && { team: set.team }) } };
  } // prettier-ignore

  /** One set at a time, so that one which does not end takes no other's answers with it. */
  async function judgeApart(set: CompiledSet, rules: readonly Concerned[], call: Call, trace: boolean): Promise<Judgement[]> {
    const failed = (error: string): Judgement[] => rules.map(({ compiled }) => ({ rule: compiled.rule, applies: false, error }));
    if (strikes.rests(set)) return failed('evaluation had to be stopped several times and is not tried for a minute');
    try {
      const judgements = await apart.run(() => ({
        id: ++lastTask,
        sets: [messageOf(set)],
        rules: rules.map(({ compiled }) => ({ key: keyOf(set), rule: compiled.rule })),
        facts: call.facts,
        phase: call.phase,
        trace,
      }));
      strikes.forgive(set);
      return judgements;
    } catch (error) {
      if (error instanceof Overrun) strikes.strike(set);
      return failed((error as Error).message);
    }
  }

  async function judgeExpensive(concerned: readonly Concerned[], call: Call, trace: boolean): Promise<Judged[]> {
    const judged: Judged[] = [];
    for (const set of new Set(concerned.map((one) => one.set))) {
      const rules = concerned.filter((one) => one.set === set);
      for (const [at, judgement] of (await judgeApart(set, rules, call, trace)).entries()) {
        const { compiled } = rules[at]!;
        const exemption = exemptionFrom(set, compiled, call.facts);
        judged.push({ set, compiled, judgement, ...(exemption && { exemption }) });
      }
    }
    return judged;
  }

  return {
    async evaluate(sets, facts, phase, options = {}) {
      const call = callOf(facts, phase);
      const { cheap, expensive } = byCost(concernedBy(sets, call));
      const judged = judgeAll(cheap, call, limitsOf(sets), options);
      return combine(expensive.length === 0 ? judged : [...judged, ...(await judgeExpensive(expensive, call, options.trace ?? false))], facts);
    },
    close: () => apart.close(),
  };
}
