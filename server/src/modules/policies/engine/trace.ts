import { subExpressions, uncharged, valueOf, type Expression } from './cel/cel.ts';
import { fromCel } from './cel/values.ts';
import type { TraceValue } from './ruling.ts';

/** The value of every part of an expression that stands by itself, in the order in which it is written. */
export function traceOf(expression: Expression, variables: object, as: TraceValue['expression'], resource?: string): TraceValue[] {
  return subExpressions(expression).map(({ start, end, part }) => {
    const place = { expression: as, source: expression.source.slice(start, end), start, end, ...(resource !== undefined && { resource }) };
    try {
      return { ...place, value: fromCel(uncharged(() => valueOf(part, variables))) };
    } catch (error) {
      return { ...place, error: (error as Error).message };
    }
  });
}
