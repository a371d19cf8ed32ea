import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LIMITS } from '#kernel/cel/limits.ts';
import { toJson, type Json } from '#kernel/cel/values.ts';
import { compileExpression, valueOf, withBudget } from './cel.ts';
import { toMap } from './values.ts';

const { input, cases } = JSON.parse(readFileSync(new URL('../../../../kernel/cel/cases.json', import.meta.url), 'utf8')) as {
  input: Record<string, Json>;
  cases: [source: string, result: Json][];
};

test('policies give what the table of the kernel says, of every expression in it', () => {
  const wrong = cases.filter(([source, result]) => {
    // A condition gives true or false: so the value is asked for as text.
    const compiled = compileExpression(`json.stringify(${source})`, { expects: 'string' });
    if ('message' in compiled) return true;
    const around = { now: new Date(0), calendars: {} };
    const value = withBudget(LIMITS, around, () => toJson(valueOf(compiled, { input: toMap(input) })));
    return value !== JSON.stringify(result);
  });
  expect(wrong.map(([source]) => source)).toEqual([]);
});
