import type { Limits } from './limits.ts';

/** A node of CEL's syntax tree, as far as we look at it. */
export interface Node {
  op: string;
  args: unknown;
  start: number;
  end: number;
}

const MACROS: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'op' in value && 'args' in value;

const nodesIn = (value: unknown): Node[] => (isNode(value) ? [value] : Array.isArray(value) ? value.flatMap(nodesIn) : []);

/** The nodes right below one, as they are written. */
export const childrenOf = ({ args }: Node): Node[] => nodesIn(args);

export interface Comprehension {
  name: string;
  range: Node;
  variable: Node;
  bodies: Node[];
}

/** `list.exists(x, …)` and the like; undefined for every other node. */
export function comprehensionOf({ op, args }: Node): Comprehension | undefined {
  if (op !== 'rcall' || !Array.isArray(args)) return undefined;
  const [name, range, given] = args as [string, Node, Node[]];
  if (!MACROS.has(name) || given.length < 2) return undefined;
  return { name, range, variable: given[0]!, bodies: given.slice(1) };
}

export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const child of childrenOf(node)) walk(child, visit);
}

/** What is wrong with an expression, and where in its source. */
export interface Trouble {
  message: string;
  start: number;
  end: number;
  /** `type`: it can be read, but what it does does not fit. */
  kind?: 'syntax' | 'type';
}

/** How many comprehensions lie inside each other, and where the first one is that lies too deep. */
export function tooDeep(node: Node, { comprehensionDepth }: Limits, depth = 0): Trouble | undefined {
  const comprehension = comprehensionOf(node);
  if (!comprehension) return firstOf(childrenOf(node), (child) => tooDeep(child, { comprehensionDepth } as Limits, depth));
  if (depth + 1 > comprehensionDepth)
    return { message: `exists, all, map and filter may lie inside each other ${comprehensionDepth} deep at most`, start: node.start, end: node.end };
  return (
    tooDeep(comprehension.range, { comprehensionDepth } as Limits, depth) ??
    firstOf(comprehension.bodies, (body) => tooDeep(body, { comprehensionDepth } as Limits, depth + 1))
  );
}

function firstOf<T, R>(items: readonly T[], look: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = look(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Names that the expression takes from outside: variables of its comprehensions are its own. */
export function freeNames(node: Node, bound: ReadonlySet<string> = new Set()): Set<string> {
  if (node.op === 'id') return new Set(bound.has(node.args as string) ? [] : [node.args as string]);
  const comprehension = comprehensionOf(node);
  if (!comprehension) return new Set(childrenOf(node).flatMap((child) => [...freeNames(child, bound)]));
  const inner = new Set([...bound, comprehension.variable.args as string]);
  return new Set([...freeNames(comprehension.range, bound), ...comprehension.bodies.flatMap((body) => [...freeNames(body, inner)])]);
}

/** Elements a list is taken to have where nobody knows. */
const USUAL_LENGTH = 50;
const LINEAR: ReadonlySet<string> = new Set(['in', '+', '==', '!=']);

/** Steps an expression takes, guessed from its text alone: comprehensions multiply. */
export function costOf(node: Node): number {
  const comprehension = comprehensionOf(node);
  const own = LINEAR.has(node.op) ? 3 : node.op === 'call' || node.op === 'rcall' ? 5 : 1;
  if (!comprehension) return own + sum(childrenOf(node).map(costOf));
  return own + costOf(comprehension.range) + USUAL_LENGTH * (1 + sum(comprehension.bodies.map(costOf)));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
