import { z } from 'zod';
import type { Json } from '../../graph.ts';
import { NodeError, type CallOutcome, type NodeRun } from '../declare.ts';
import { refusalOf } from '../operation/outcome.ts';

/** What is looked at: reasons not to go on, and what to tell besides. */
export interface Judgement {
  reasons: string[];
  told: Record<string, Json>;
}

interface Asked {
  operation: string;
  operationInput: Record<string, Json>;
}

/** Whether the Gate would let the principal call it: with permission, Scope, rules and plan. Nothing is done. */
export async function allowed(run: NodeRun, { operation, operationInput }: Asked): Promise<Judgement> {
  const asked = await run.call(operation, operationInput, { dryRun: true });
  if (asked.status !== 'refused')
    return { reasons: [], told: asked.status === 'planned' ? { plan: asked.plan, requirements: asked.requirements } : {} };
  const { slug, detail, rules = [] } = asked.problem;
  return { reasons: [detail], told: { problem: slug, rules: [...rules] } };
}

const Simulated = z.object({
  refusal: z.object({ rule: z.string(), text: z.string() }).nullable(),
  ruling: z.object({
    effect: z.string(),
    requirements: z.array(z.object({ rule: z.string(), text: z.string() })),
    matched: z.array(z.object({ policy: z.string(), effect: z.string(), severity: z.string(), text: z.string() })),
  }),
});
type Ruling = z.output<typeof Simulated>['ruling'];

const SIMULATE = 'policies.simulate';
export const POLICY_OPERATIONS: readonly string[] = [SIMULATE];

function answerOf(outcome: CallOutcome): z.output<typeof Simulated> {
  if (outcome.status === 'refused') throw refusalOf(outcome.problem);
  if (outcome.status !== 'done') throw new NodeError('internal', 'system', 'The rules did not answer.');
  return Simulated.parse(outcome.output);
}

/** `set/policy`, or the name of a set for all of it. */
const isNamed = (policy: string, names: readonly string[]): boolean => names.some((name) => policy === name || policy.startsWith(`${name}/`));

/** Those of the named policies that forbid it; of all, what the caller would be told. */
const reasonsOf = (matched: Ruling['matched'], refusal: { rule: string; text: string } | null, names: readonly string[]): string[] =>
  names.length === 0 ? (refusal === null ? [] : [`${refusal.rule}: ${refusal.text}`]) : matched.filter(({ effect }) => effect === 'deny').map(({ policy, text }) => `${policy}: ${text}`); // prettier-ignore

/** What the rules say of a call, whoever makes it and whatever rights they have. Nothing is done, kept or counted. */
export async function ruled(run: NodeRun, { operation, operationInput, policies, person }: Asked & { policies: readonly string[]; person?: string | undefined }): Promise<Judgement> {
  const input = { operation, parameters: operationInput, surface: 'workflow', ...(person === undefined ? {} : { userId: person }) };
  const { ruling, refusal } = answerOf(await run.call(SIMULATE, input));
  const matched = policies.length === 0 ? ruling.matched : ruling.matched.filter(({ policy }) => isNamed(policy, policies));
  const requirements = policies.length === 0 ? ruling.requirements : ruling.requirements.filter(({ rule }) => isNamed(rule, policies));
  return {
    reasons: reasonsOf(matched, refusal, policies),
    told: {
      effect: ruling.effect,
      matched: matched.map((one) => ({ ...one })),
      requirements: requirements.map((one) => ({ ...one })),
    },
  };
} // prettier-ignore
