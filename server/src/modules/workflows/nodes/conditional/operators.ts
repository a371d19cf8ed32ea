import { compilePattern } from '#kernel/cel/regex.ts';
import type { Json } from '../../graph.ts';
import { canonical, isFields } from '../values.ts';

export const OPERATORS = [
  'equals', 'not_equals', 'greater_than', 'less_than', 'gte', 'lte', 'contains', 'not_contains', 'starts_with', 'ends_with', 'is_empty',
  'is_not_empty', 'regex_match', 'in', 'exists',
] as const; // prettier-ignore
export type Operator = (typeof OPERATORS)[number];

/** These look at one value only. */
export const UNARY: ReadonlySet<Operator> = new Set(['is_empty', 'is_not_empty', 'exists']);

type Test = (left: Json, right: Json) => boolean;

const isEmpty = (value: Json): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0) || (isFields(value) && Object.keys(value).length === 0);

const equal: Test = (left, right) => canonical(left) === canonical(right);

/** Numbers with numbers and texts with texts; what cannot be compared is neither more nor less. */
const ordered =
  (fits: (order: number) => boolean): Test =>
  (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return fits(left - right);
    return typeof left === 'string' && typeof right === 'string' && fits(left < right ? -1 : left > right ? 1 : 0);
  };

/** A text in a text, an element in a list, a key in an object. */
const contains: Test = (left, right) => {
  if (typeof left === 'string') return typeof right === 'string' && left.includes(right);
  if (Array.isArray(left)) return left.some((one) => equal(one, right));
  return isFields(left) && typeof right === 'string' && Object.hasOwn(left, right);
};

const texts =
  (fits: (left: string, right: string) => boolean): Test =>
  (left, right) =>
    typeof left === 'string' && typeof right === 'string' && fits(left, right);

const TESTS: Readonly<Record<Operator, Test>> = {
  equals: equal,
  not_equals: (left, right) => !equal(left, right),
  greater_than: ordered((order) => order > 0),
  less_than: ordered((order) => order < 0),
  gte: ordered((order) => order >= 0),
  lte: ordered((order) => order <= 0),
  contains,
  not_contains: (left, right) => !contains(left, right),
  starts_with: texts((left, right) => left.startsWith(right)),
  ends_with: texts((left, right) => left.endsWith(right)),
  is_empty: isEmpty,
  is_not_empty: (left) => !isEmpty(left),
  regex_match: texts((left, right) => compilePattern(right).matcher(left).find()),
  in: (left, right) => contains(right, left),
  exists: (left) => left !== null,
};

const folded = (value: Json): Json => {
  if (typeof value === 'string') return value.toLowerCase();
  if (Array.isArray(value)) return value.map(folded);
  return isFields(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key.toLowerCase(), folded(one)])) : value;
};

/** Whether a rule holds for two values. Throws RangeError for a pattern that RE2 does not know. */
export function holds(operator: Operator, left: Json, right: Json, caseSensitive: boolean): boolean {
  if (caseSensitive) return TESTS[operator](left, right);
  // A pattern has classes such as \W that would change with their letters.
  return operator === 'regex_match' && typeof right === 'string'
    ? TESTS.regex_match(left, `(?i)${right}`)
    : TESTS[operator](folded(left), folded(right));
}
