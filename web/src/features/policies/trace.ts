import type { Json } from '#lib/types.ts';
import type { TraceValue } from './types.ts';

/** One expression of a rule with the values of its parts, for one resource or for the call. */
export interface TracedExpression {
  expression: string;
  resource: string | undefined;
  whole: TraceValue;
  parts: TraceValue[];
}

/** Names alone and constants tell nothing that the comparison around them does not. */
const tells = ({ source }: TraceValue): boolean => !/^(?:[\w.]+|"[^"]*"|'[^']*'|\[[^\]]*\])$/.test(source);

/** Parts grouped by the expression that they are of: the whole first, then what explains it, from left to right. */
export function tracedExpressions(trace: readonly TraceValue[]): TracedExpression[] {
  const groups = Map.groupBy(trace, ({ expression, resource }) => `${expression} ${resource ?? ''}`);
  return [...groups.values()].map((values) => {
    const whole = values.reduce((widest, value) => (value.end - value.start > widest.end - widest.start ? value : widest));
    const parts = values.filter((value) => value !== whole && tells(value)).sort((a, b) => a.start - b.start || b.end - a.end);
    // A part that is only the same text again, as brackets make it, is told once.
    const seen = new Set([whole.source]);
    const told = parts.filter(({ source }) => !seen.has(source) && seen.add(source));
    return { expression: whole.expression, resource: whole.resource, whole, parts: told };
  });
}

const MOST = 120;
/** A value in one line. */
export function shortValue(value: Json | undefined): string {
  const text = typeof value === 'string' ? `“${value}”` : JSON.stringify(value ?? null);
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}
