import { z } from 'zod';
import { isMissing } from '../../expressions/index.ts';
import type { Json } from '../../graph.ts';
import { defineNode, MAIN_IN, NodeError, type NodeRun, type OwnFinding, type RawConfig, type Result } from '../declare.ts';
import { expr } from '../fields.ts';
import { holds, OPERATORS, UNARY } from './operators.ts';

const Rule = z.object({
  left: expr({ title: 'Value', examples: ['input.status'] }),
  operator: z.enum(OPERATORS).default('equals').meta({ title: 'Test' }),
  right: expr({ title: 'With', examples: ['"ready"'] }).optional().meta({ showWhen: { field: 'operator', not: [...UNARY] } }),
  gate: z.enum(['AND', 'OR']).default('AND').meta({ title: 'Joined to the rule before by', help: 'Counts when all rules are evaluated as custom; AND before OR' }),
}); // prettier-ignore
type Rule = z.output<typeof Rule>;

const Config = z.object({
  rules: z.array(Rule).max(50).optional().meta({ title: 'Rules' }),
  expression: expr({ title: 'Or one expression', help: 'Must give true or false', examples: ['input.total > 100 && "vip" in input.tags'] }).optional(),
  evaluation: z.enum(['all', 'any', 'custom']).default('all').meta({ title: 'True when', help: 'All rules hold, any of them, or as their gates say' }),
  caseSensitive: z.boolean().default(true).meta({ title: 'Capital letters count' }),
  onMissing: z.enum(['false', 'error']).default('false').meta({ title: 'When a value is not there', help: 'The rule does not hold, or the node fails' }),
}); // prettier-ignore
type Config = z.output<typeof Config>;

/** A value, or undefined when the node takes its absence for a no. */
function look(run: NodeRun, source: string, { onMissing }: Pick<Config, 'onMissing'>): Json | undefined {
  try {
    return run.evaluate(source);
  } catch (error) {
    if (isMissing(error) && onMissing === 'false') return undefined;
    throw error;
  }
}

function ruleHolds(run: NodeRun, { left, operator, right }: Rule, config: Config): boolean {
  // Whether something is there is what these ask.
  const asks = operator === 'exists' || operator === 'is_empty';
  const value = look(run, left, asks ? { onMissing: 'false' } : config);
  if (value === undefined) return operator === 'is_empty';
  const other = UNARY.has(operator) || right === undefined ? null : look(run, right, config);
  return other !== undefined && holds(operator, value, other, config.caseSensitive);
}

/** OR joins groups that AND holds together. */
function byGates(rules: readonly Rule[], test: (rule: Rule) => boolean): boolean {
  const groups: Rule[][] = [];
  for (const rule of rules) {
    if (groups.length === 0 || rule.gate === 'OR') groups.push([rule]);
    else groups.at(-1)!.push(rule);
  }
  return groups.some((group) => group.every(test));
}

function decide(run: NodeRun, config: Config): boolean {
  const { rules = [], expression, evaluation } = config;
  if (expression !== undefined) {
    const value = look(run, expression, config);
    if (typeof value === 'boolean' || value === undefined) return value ?? false;
    throw new NodeError('type-error', 'expression', 'the expression of a conditional must give true or false');
  }
  const test = (rule: Rule): boolean => ruleHolds(run, rule, config);
  return evaluation === 'custom' ? byGates(rules, test) : evaluation === 'any' ? rules.some(test) : rules.every(test);
}

function check({ rules, expression }: RawConfig): OwnFinding[] {
  const some = Array.isArray(rules) && rules.length > 0;
  if (some === (expression !== undefined))
    return [{ rule: 'V03', severity: 'error', pointer: some ? '/expression' : '/rules', message: some ? 'Rules or one expression, not both' : 'There is nothing to decide on: add a rule or an expression' }]; // prettier-ignore
  return (some ? rules : []).flatMap((rule, at): OwnFinding[] => {
    const { operator = 'equals', right } = (rule ?? {}) as Partial<Rule>;
    if (UNARY.has(operator) || right !== undefined) return [];
    return [{ rule: 'V03', severity: 'error', pointer: `/rules/${at}/right`, message: `${operator} needs a second value` }];
  });
}

/** One of two ways. */
export const conditional = defineNode({
  type: 'conditional',
  version: 1,
  label: 'Conditional',
  icon: 'split',
  category: 'flow',
  summary: 'Go one way or the other',
  docs: `Hands its input on at exactly one of \`true\` and \`false\`. It decides by rules (a value, a test, another value) or by one expression.

Tests: ${OPERATORS.map((one) => `\`${one}\``).join(', ')}. Numbers compare with numbers and texts with texts; what cannot be compared is neither more nor less. \`contains\` looks for a text in a text, an element in a list, a key in an object; \`in\` is the same the other way round. \`is_empty\` holds for null, an empty text, list or object, and for what is not there; \`exists\` for everything that is there and not null. \`regex_match\` takes RE2 syntax and finds the pattern anywhere.

\`evaluation\`: \`all\` rules, \`any\` of them, or \`custom\`: each rule's gate joins it to the one before, AND before OR. When a value is not there the rule does not hold, or with \`onMissing: error\` the node fails.

\`\`\`json
{ "rules": [{ "left": "input.total", "operator": "greater_than", "right": "100" }] }
\`\`\``,
  config: Config,
  example: { rules: [{ left: 'input.total', operator: 'greater_than', right: '100' }] },
  defaults: { rules: [{ left: 'input', operator: 'is_not_empty' }] },
  inputs: MAIN_IN,
  outputs: [{ name: 'true', label: 'True' }, { name: 'false', label: 'False' }, { name: 'error', label: 'Error' }], // prettier-ignore
  effect: 'pure',
  timeoutSeconds: 1,
  check,
  run: (run, config): Result => ({ to: String(decide(run, config)), output: run.input }),
});
