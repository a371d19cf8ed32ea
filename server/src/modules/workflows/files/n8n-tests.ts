import type { Json } from '../graph.ts';
import { list, record, textOf, type Reader } from './convert.ts';

/** Operators of n8n, old and new, by ours. */
const OPERATORS: Readonly<Record<string, string>> = {
  equals: 'equals', equal: 'equals', notEquals: 'not_equals', notEqual: 'not_equals', larger: 'greater_than', gt: 'greater_than', largerEqual: 'gte', gte: 'gte',
  smaller: 'less_than', lt: 'less_than', smallerEqual: 'lte', lte: 'lte', contains: 'contains', notContains: 'not_contains', startsWith: 'starts_with',
  endsWith: 'ends_with', isEmpty: 'is_empty', empty: 'is_empty', isNotEmpty: 'is_not_empty', notEmpty: 'is_not_empty', regex: 'regex_match', exists: 'exists',
}; // prettier-ignore

interface Test {
  left: unknown;
  right: unknown;
  operation: string;
}

/** `true` as a test of its own. */
const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, false: false };

function testsIn(conditions: Record<string, unknown>): Test[] {
  const now = list(conditions['conditions']).map(record);
  if (now.length > 0)
    return now.map(({ leftValue, rightValue, operator }) => ({ left: leftValue, right: rightValue, operation: textOf(record(operator)['operation'] ?? operator) }));
  return Object.values(conditions).flatMap((group) => list(group).map(record).map(({ value1, value2, operation }) => ({ left: value1, right: value2, operation: textOf(operation) || 'equal' })));
} // prettier-ignore

function ruleOf({ left, right, operation }: Test, read: Reader): Json {
  const asked = BOOLEANS[operation];
  const operator = asked === undefined ? OPERATORS[operation] : 'equals';
  if (operator === undefined) read.lost.push(`the test “${operation}”`);
  const unary = operator === 'is_empty' || operator === 'is_not_empty' || operator === 'exists';
  return {
    left: read.expression(left),
    operator: operator ?? 'equals',
    ...(unary ? {} : { right: asked === undefined ? read.expression(right) : String(asked) }),
  };
}

/** Tests of an If node, of its first form and the present one, as rules of ours. */
export function n8nTests(parameters: Record<string, unknown>, read: Reader): Record<string, Json> {
  const conditions = record(parameters['conditions']);
  const any = conditions['combinator'] === 'or' || parameters['combineOperation'] === 'any';
  const options = record(conditions['options']);
  return {
    rules: testsIn(conditions).map((test) => ruleOf(test, read)),
    evaluation: any ? 'any' : 'all',
    ...(options['caseSensitive'] === false ? { caseSensitive: false } : {}),
  };
}
