import type { Requirement } from '#kernel/gate.ts';
import type { PolicyFacts, Verdict } from '#kernel/gate-steps.ts';

interface Rule {
  name: string;
  text: string;
  matches: (facts: PolicyFacts) => boolean;
}

/** The rules that hold before a tenant writes its own. */
const BUILT_IN: readonly Rule[] = [
  { name: 'high-risk', text: 'An operation of high risk needs one approval by someone else.', matches: ({ risk }) => risk === 'high' },
  {
    name: 'production',
    text: 'A write to a resource in environment prod needs one approval by someone else.',
    matches: ({ risk, targets }) => risk !== 'read' && targets.some(({ environment }) => environment === 'prod'),
  },
];

/** Version of the built-in rules as decision records name it. */
const VERSION = 1;

/** The verdict of the built-in rules on one call. Pure: the same facts give the same verdict. */
export function judge(facts: PolicyFacts): Verdict {
  const matching = BUILT_IN.filter((rule) => rule.matches(facts));
  const requirements: Requirement[] = matching.map(({ name, text }) => ({ rule: name, text, count: 1 }));
  return { requirements, rules: matching.map(({ name }) => `built-in/${name}@${VERSION}`) };
}
