import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createDialect, valueOf } from './dialect.ts';
import { LIBRARY } from './functions/index.ts';
import { LIMITS, withMeter } from './limits.ts';
import { toCel, toJson, type Json } from './values.ts';

/** What every expression of the platform gives with one input; policies and workflows are held against it too. */
const { input, cases } = JSON.parse(readFileSync(new URL('cases.json', import.meta.url), 'utf8')) as {
  input: Record<string, Json>;
  cases: [source: string, result: Json][];
};

const dialect = createDialect({ ...LIBRARY, variables: { input: 'map<string, dyn>' }, optional: true }, LIMITS);

test('there are at least 200 cases, and none is asked twice', () => {
  expect(cases.length).toBeGreaterThanOrEqual(200);
  expect(new Set(cases.map(([source]) => source)).size).toBe(cases.length);
});

test.each(cases)('workflows 29: %s', (source, result) => {
  const compiled = dialect.compile(source);
  if ('message' in compiled) throw new Error(compiled.message);
  expect(withMeter(LIMITS, () => toJson(valueOf(compiled, { input: toCel(input) })))).toEqual(result);
});

test.each([
  ['list.range(10000000)', 'more than 200000 steps'],
  ['text.pad("x", 100000000)', 'a text of more than 65536 characters'],
  ['text.replace(text.pad("", 60000, "a"), "a", text.pad("", 60000, "b"))', 'a text of more than 65536 characters'],
  ['regex.replace(text.pad("", 60000, "a"), "a", text.pad("", 60000, "b"))', 'a text of more than 65536 characters'],
  ['text.join(list.range(50000), text.pad("", 1000, "-"))', 'a text of more than 65536 characters'],
  ['list.range(3000).all(x, list.range(3000).all(y, y >= 0))', 'more than 10000 rounds'],
  ['list.range(9000).map(x, list.sort(list.range(9000)))', 'more than 200000 steps'],
  ['default(list.range(10000000), 1)', 'more than 200000 steps'],
])('%s stops before it costs: %s', (source, expected) => {
  const compiled = dialect.compile(source);
  if ('message' in compiled) throw new Error(compiled.message);
  expect(() => withMeter(LIMITS, () => valueOf(compiled, {}))).toThrow(expected);
});

test.each(['cel.bind(x, 1, x)', 'nobody', '1 +', '"a" + 1', 'input.matches("(")[', '"x".repeat(9)', 'json', 'eval("1")'])(
  '%s is refused or gives nothing',
  (source) => {
    const compiled = dialect.compile(source);
    if ('message' in compiled) return expect(compiled.message).not.toBe('');
    expect(() => withMeter(LIMITS, () => toJson(valueOf(compiled, {})))).toThrow();
  },
);
