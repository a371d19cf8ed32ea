import type { Requirement } from '#kernel/gate-steps.ts';
import type { EngineError, Matched, Refusal, Ruling } from './engine/index.ts';

/** A ruling as it is kept with its decision: what was decided and why, without the values of expressions. */
export interface KeptRuling {
  effect: Ruling['effect'];
  denied?: Refusal;
  refusals: Refusal[];
  unmet: Refusal[];
  requirements: Requirement[];
  warnings: Ruling['warnings'];
  matched: Omit<Matched, 'trace'>[];
  errors: EngineError[];
}

const RANK = { allow: 0, warn: 1, require: 2, deny: 3 } as const;

export const NO_RULING: KeptRuling = { effect: 'allow', refusals: [], unmet: [], requirements: [], warnings: [], matched: [], errors: [] };

export const keep = ({ effect, denied, refusals, unmet, requirements, warnings, matched, errors }: Ruling): KeptRuling => ({
  effect,
  ...(denied ? { denied } : {}),
  refusals,
  unmet,
  requirements,
  warnings,
  matched: matched.map(({ trace: _, ...match }) => match),
  errors,
});

/** What the phases of one call said, as one: the graver effect, and everything that was asked. */
export function together(all: readonly KeptRuling[]): KeptRuling {
  const denied = all.find((one) => one.denied)?.denied;
  return {
    effect: all.reduce<KeptRuling['effect']>((worst, { effect }) => (RANK[effect] > RANK[worst] ? effect : worst), 'allow'),
    ...(denied ? { denied } : {}),
    refusals: all.flatMap(({ refusals }) => refusals),
    unmet: all.flatMap(({ unmet }) => unmet),
    requirements: all.flatMap(({ requirements }) => requirements),
    warnings: all.flatMap(({ warnings }) => warnings),
    matched: all.flatMap(({ matched }) => matched),
    errors: all.flatMap(({ errors }) => errors),
  };
}

/** What of two rulings a caller would notice: whether it was refused and as what, and who had to agree. */
export const outcomeOf = ({ denied, unmet, requirements }: KeptRuling) => ({
  refused: denied?.slug ?? unmet[0]?.slug ?? null,
  rule: denied?.rule ?? unmet[0]?.rule ?? null,
  approvals: requirements.map(({ rule, need }) => ({ rule, need })).sort((a, b) => (a.rule < b.rule ? -1 : 1)),
});
export type PolicyOutcome = ReturnType<typeof outcomeOf>;

/** Two outcomes are the same whichever rule it was that refused alike. */
export const isSameOutcome = (a: PolicyOutcome, b: PolicyOutcome): boolean =>
  a.refused === b.refused && JSON.stringify(a.approvals) === JSON.stringify(b.approvals);
