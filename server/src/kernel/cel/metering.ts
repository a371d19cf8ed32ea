import { budget } from './limits.ts';
import { walk, type Node } from './nodes.ts';

interface Step extends Node {
  handle?: (...args: unknown[]) => unknown;
  evaluate: (...args: unknown[]) => unknown;
  meta: { alternate?: Step; evaluate: (...args: unknown[]) => unknown };
}

export const METERED: ReadonlySet<string> = new Set(['call', 'rcall', 'in', '==', '!=', '+', '-', '*', '/', '%', '<', '<=', '>', '>=']);
/** These look into values as deep as they go. */
const DEEP: ReadonlySet<string> = new Set(['in', '==', '!=']);

const sizeOf = (value: unknown): number => (typeof value === 'string' ? value.length >> 6 : Array.isArray(value) ? value.length : 0);

/** Spends one step for each value inside, so that looking never costs more than is paid for. */
export function spendDeep(value: unknown): void {
  if (typeof value === 'string') return budget().spend(value.length >> 6);
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    budget().spend(value.length);
    return spendInside(value);
  }
  const inner = value instanceof Map ? [...(value as Map<unknown, unknown>).values()] : Object.getPrototypeOf(value) === Object.prototype ? Object.values(value) : []; // prettier-ignore
  budget().spend(inner.length);
  for (const one of inner) spendDeep(one);
}

/** What lies in a list whose length is paid for. */
function spendInside(list: readonly unknown[]): void {
  for (const one of list) if (typeof one === 'object') spendDeep(one);
}

/** Counts operators and calls with the size of what they look at. */
function metered(handle: NonNullable<Step['handle']>, op: string): NonNullable<Step['handle']> {
  const call = op === 'call' || op === 'rcall';
  const deep = DEEP.has(op);
  return (...args) => {
    const meter = budget();
    const looked = call ? (args[0] as unknown[]) : [args[0], args[1]];
    let steps = 1;
    for (const one of looked) steps += sizeOf(one);
    meter.spend(steps);
    // Values of the same identity are equal without looking.
    if (deep && typeof args[1] === 'object' && args[0] !== args[1]) {
      if (Array.isArray(args[1])) spendInside(args[1]);
      else if (op !== 'in') spendDeep(args[1]);
    }
    const result = handle(...args);
    if (typeof result === 'string') meter.text(result);
    return result;
  };
}

/**
 * Counts the rounds of a comprehension. Quantifiers go on after an error of one element, so a range that is too long is refused at
 * the door, and so is every further comprehension once the budget is used up: what is left then is short.
 */
function meterRounds(comprehension: Step): void {
  const round = (comprehension.args as { step: Step }).step;
  const { evaluate } = round.meta;
  round.evaluate = (...args) => {
    budget().round();
    return evaluate(...args);
  };
  const handle = comprehension.handle!;
  comprehension.handle = (...args) => {
    budget().enter(Array.isArray(args[0]) ? args[0].length : 0);
    return handle(...args);
  };
}

/** Has every round of a comprehension and every operator counted. The tree has been type-checked, which is when CEL sets its handlers. */
export function meterTree(ast: Node): void {
  walk(ast, (node) => {
    const step = node as Step;
    if (step.meta.alternate?.op === 'comprehension') meterRounds(step.meta.alternate);
    else if (step.handle && METERED.has(step.op)) step.handle = metered(step.handle, step.op);
  });
}
