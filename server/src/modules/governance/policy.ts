import type { Requirement } from '#kernel/gate.ts';
import type { Database } from '#kernel/database.ts';
import type { PolicyFacts, Steps, Verdict } from '#kernel/gate-steps.ts';

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

const versioned = (name: string): string => `built-in/${name}@${VERSION}`;

/** The verdict of the built-in rules on one call. Pure: the same facts give the same verdict. */
export function judge(facts: PolicyFacts): Verdict {
  const matching = BUILT_IN.filter((rule) => rule.matches(facts));
  const requirements: Requirement[] = matching.map(({ name, text }) => ({ rule: name, text, need: { who: 'scopeApprovers', count: 1 } }));
  return { requirements, rules: matching.map(({ name }) => versioned(name)) };
}

/** Whether nobody but the caller works in the tenant. */
export type Alone = (db: Database, tenantId: string) => Promise<boolean>;

/**
 * The built-in rules in a tenant as it is: while one person is all there is, nobody could ever agree, so nothing is asked of them
 * but the Change itself. The decision names the rule; with the second member it is over.
 */
export const createPolicy =
  (alone: Alone): Steps['policy'] =>
  async (db, facts) => {
    const verdict = judge(facts);
    if (verdict.requirements.length === 0 || !(await alone(db, facts.actor.tenantId))) return verdict;
    return { ...verdict, requirements: [], rules: [...verdict.rules, versioned('sole-member')] };
  };
