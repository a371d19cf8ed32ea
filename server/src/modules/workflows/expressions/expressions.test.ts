import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { defineNode, MAIN_IN, MAIN_OUT, NodeError } from '../nodes/declare.ts';
import { MOMENT, scopeWith } from '../nodes/testing.ts';
import { compileConfig, compileExpression, parseTemplate, type Scope } from './index.ts';

const SCOPE: Scope = scopeWith({
  input: { n: 3, o: { a: 1 }, empty: null },
  nodes: { fetch: { status: 'completed', output: { id: 7 } } },
  vars: { REGION: 'fra' },
});

const gives = (template: string, scope: Scope = SCOPE) => parseTemplate(template).evaluate(scope, MOMENT);
const fault = (work: () => unknown): { type: string; message: string } => {
  try {
    work();
  } catch (error) {
    if (error instanceof NodeError) return { type: error.type, message: error.message };
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('templates', () => {
  test('workflows 28: `{{ input.n + 1 }}` gives a number; `n={{ input.n }}` gives text; `\\{{ x }}` stays literal', () => {
    expect(gives('{{ input.n + 1 }}')).toBe(4);
    expect(gives('n={{ input.n }}')).toBe('n=3');
    expect(gives('\\{{ x }}')).toBe('{{ x }}');
    expect(gives('\\{{ x }} {{ input.n }}')).toBe('{{ x }} 3');
  });

  test.each([
    ['{{ input.o }}', { a: 1 }],
    ['o={{ input.o }}', 'o={"a":1}'],
    ['<{{ input.empty }}>', '<>'],
    ['{{ input.n }}{{ input.n }}', '33'],
    ['{{ {"a": {"b": "}}"}} }}', { a: { b: '}}' } }],
    ["{{ 'it\\'s }}' }}", "it's }}"],
    ['{{ """a "}}" b""" }}', 'a "}}" b'],
    ['plain', 'plain'],
    ['', ''],
    ['} }} }', '} }} }'],
    ['{{ nodes.fetch.output.id + nodes["fetch"].output.id }}', 14],
    ['{{ vars.REGION }}-1', 'fra-1'],
    ['{{ loop.index }}', 'none'],
  ])('%s', (template, expected) => {
    const scope = template.includes('loop') ? { ...SCOPE, loop: { index: 'none' } } : SCOPE;
    expect(gives(template, scope)).toEqual(expected);
  });

  test.each([
    ['{{ input.n', 'expression-error', 'never closed'],
    ['{{ }}', 'expression-error', 'an expression is expected'],
    ['{{ 1 + }}', 'expression-error', 'Unexpected token'],
    ['{{ "a" + 1 }}', 'type-error', 'no such overload'],
    ['{{ input.nope }}', 'expression-error', 'No such key: nope'],
    ['{{ input.n.x }}', 'expression-error', 'No such key'],
    ['{{ input.o + 1 }}', 'type-error', 'no such overload'],
    ['{{ 9007199254740991 + 1 }}', 'expression-error', 'too large for a number of JSON'],
    ['{{ 1.0 / 0.0 }}', 'expression-error', 'not a number of JSON'],
  ])('%s is %s: %s', (template, type, message) => {
    const found = fault(() => gives(template));
    expect(found.type).toBe(type);
    expect(found.message).toContain(message);
  });

  test('whatever text is given, reading it ends with a value or with an error of a node', () => {
    const pieces = fc.array(fc.constantFrom('{{', '}}', '\\', '"', "'", '{', '}', ' ', 'input.n', '+ 1', 'a', '\n', '"""', 'r"'), { maxLength: 12 });
    fc.assert(
      fc.property(pieces, (parts) => {
        try {
          parseTemplate(parts.join('')).evaluate(SCOPE, MOMENT);
        } catch (error) {
          expect(error).toBeInstanceOf(NodeError);
        }
      }),
    );
  });

  test('text without an expression comes back as it is, whatever stands in it', () => {
    fc.assert(fc.property(fc.string().filter((text) => !text.includes('{{')), (text) => void expect(gives(text)).toBe(text))); // prettier-ignore
  });
});

describe('limits', () => {
  test.each([
    ['input.list.all(a, input.list.all(b, input.list.all(c, a + b + c >= 0)))', 'more than 100000 steps'],
    ['list.range(1000000)', 'more than 100000 steps'],
    ['text.pad("", 2000000, "x")', 'a text of more than 1048576 characters'],
    ['input.big + input.big', 'more than 1048576'],
    ['[input.big, input.big]', 'a result of more than 1048576 bytes'],
  ])('workflows 30: An expression over the cost limit stops with `expression-limit`: %s', (source, said) => {
    const scope = { ...SCOPE, input: { list: Array.from({ length: 400 }, (_, at) => at), big: 'x'.repeat(600_000) } };
    // By its steps alone: what they take of a processor that has never seen them is another limit, which may be reached first.
    const clock = vi.spyOn(process, 'threadCpuUsage').mockReturnValue({ user: 0, system: 0 });
    const found = fault(() => compileExpression(source).evaluate(scope, MOMENT));
    clock.mockRestore();
    expect(found.type).toBe('expression-limit');
    expect(found.message).toContain(said);
  });

  test('workflows 30: looking deep into values is counted too, and the next expression has a budget of its own', () => {
    const scope = { ...SCOPE, input: Array.from({ length: 2_000 }, (_, at) => ({ at, tags: ['a', 'b'] })) };
    expect(fault(() => compileExpression('input.all(a, input.exists(b, b == a))').evaluate(scope, MOMENT)).type).toBe('expression-limit');
    expect(compileExpression('size(input)').evaluate(scope, MOMENT)).toBe(2_000);
  });

  test.each([
    ['"a" == "' + 'x'.repeat(8_200) + '"', 'at most 8192 bytes'],
    ['('.repeat(70) + '1' + ')'.repeat(70), 'nested more than 64 deep'],
  ])('a source that is too long or too deep is refused', (source, said) => {
    expect(fault(() => compileExpression(source)).message).toContain(said);
  });
});

describe('repeating', () => {
  test('workflows 31: `now()`, `uuid()` and `random()` give the same values for the same seed and start, and others for others', () => {
    const source = '{"now": now(), "ids": [uuid(), uuid()], "random": [random(), random()]}';
    const draw = (seed: string) =>
      compileExpression(source).evaluate(SCOPE, { seed, now: MOMENT.now }) as { now: string; ids: string[]; random: number[] };
    const first = draw('exec node 0');
    expect(draw('exec node 0')).toEqual(first);
    expect(draw('exec node 1')).not.toEqual(first);
    expect(first.now).toBe('2026-01-02T03:04:05.000Z');
    expect(new Set(first.ids).size).toBe(2);
    expect(first.ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(first.random.every((one) => one >= 0 && one < 1)).toBe(true);
    expect(new Set(first.random).size).toBe(2);
  });

  test('items of a list and fields of a configuration each draw for themselves', () => {
    const each = (index: number) => compileExpression('uuid()').evaluate(SCOPE, MOMENT, { item: null, index });
    expect(each(0)).not.toBe(each(1));
    expect(each(1)).toBe(each(1));
  });
});

const probe = defineNode({
  type: 'probe', version: 1, label: 'Probe', icon: 'x', category: 'flow', summary: 's', docs: 'd',
  config: z.object({
    text: z.string().optional(),
    count: z.int().optional(),
    list: z.array(z.object({ value: z.json() })).optional(),
    when: z.string().optional().meta({ expression: 'expr' }),
    token: z.string().optional().meta({ expression: 'secret' }),
    raw: z.string().optional().meta({ expression: 'none' }),
    of: z.union([z.object({ kind: z.literal('a'), source: z.string().meta({ expression: 'none' }) }), z.object({ kind: z.literal('b'), source: z.string() })]).optional(),
    limit: z.int().default(5),
  }),
  example: {}, defaults: {}, inputs: MAIN_IN, outputs: MAIN_OUT, effect: 'pure',
}); // prettier-ignore

describe('configurations', () => {
  const resolve = (config: Record<string, never> | object, secrets: Record<string, string> = {}) =>
    compileConfig(probe, config as never).resolve(SCOPE, { ...MOMENT, secrets });

  test('texts are resolved wherever they stand, keep their type when they are one expression, and are written out where text is wanted', () => {
    expect(resolve({ text: '{{ input.n }}', count: '{{ input.n }}', list: [{ value: '{{ input.o }}' }, { value: { deep: ['x{{ input.n }}'] } }] }).config).toEqual({
      text: '3', count: 3, list: [{ value: { a: 1 } }, { value: { deep: ['x3'] } }], limit: 5,
    }); // prettier-ignore
  });

  test('bare expressions stay source text, and text that is taken as it stands keeps its braces', () => {
    expect(resolve({ when: 'input.n > 1', raw: '{{ not.ours }}' }).config).toMatchObject({ when: 'input.n > 1', raw: '{{ not.ours }}' });
  });

  test('the branch of a union that is meant says how its fields are written', () => {
    expect(resolve({ of: { kind: 'a', source: '{{ input.n }}' } }).config['of']).toEqual({ kind: 'a', source: '{{ input.n }}' });
    expect(resolve({ of: { kind: 'b', source: '{{ input.n }}' } }).config['of']).toEqual({ kind: 'b', source: '3' });
  });

  test('a secret gets its value in a field that is marked so, and is masked in what is shown', () => {
    for (const [token, value] of [
      ['secret://API_KEY', 's3cr3t-value'],
      ['{{ secrets.API_KEY }}', 's3cr3t-value'],
      ['Bearer {{ secrets.API_KEY }}', 'Bearer s3cr3t-value'],
    ] as const) {
      const { config, shown } = resolve({ token }, { API_KEY: 's3cr3t-value' });
      expect(config['token']).toBe(value);
      expect(JSON.stringify(shown)).not.toContain('s3cr3t');
    }
    expect(fault(() => resolve({ token: 'secret://API_KEY' })).type).toBe('secret-missing');
    expect(fault(() => resolve({ text: '{{ secrets.API_KEY }}' }, { API_KEY: 'x' })).message).toContain('marked secret');
  });

  test('what a configuration hangs on is told, of bare expressions too', () => {
    const { references } = compileConfig(probe, {
      text: '{{ nodes.fetch.output + vars.REGION }}',
      when: 'nodes["other"].status == "failed"',
      token: 'secret://API_KEY',
    });
    expect(references).toMatchObject({ nodes: ['fetch', 'other'], vars: ['REGION'], secrets: ['API_KEY'] });
  });

  test('a value that does not fit the schema once it is resolved is a type error', () => {
    expect(fault(() => resolve({ count: '{{ input.o }}' }))).toMatchObject({ type: 'type-error', message: expect.stringContaining('count') });
  });

  test('a configuration without expressions is resolved once', () => {
    const compiled = compileConfig(probe, { text: 'x', when: 'true' });
    expect(compiled.constant).toBe(true);
    expect(compiled.resolve(SCOPE, { ...MOMENT, secrets: {} })).toBe(compiled.resolve(SCOPE, { ...MOMENT, secrets: {} }));
  });
});

test('a key such as constructor or __proto__ is a key like others, and a result never changes a prototype', () => {
  const input = JSON.parse('{"constructor": 1, "__proto__": {"polluted": true}}') as never;
  expect(compileExpression('input.constructor').evaluate({ ...SCOPE, input }, MOMENT)).toBe(1);
  expect(compileExpression('map.keys(input)').evaluate({ ...SCOPE, input }, MOMENT)).toEqual(['constructor', '__proto__']);
  compileExpression('map.merge(input, input)').evaluate({ ...SCOPE, input }, MOMENT);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
