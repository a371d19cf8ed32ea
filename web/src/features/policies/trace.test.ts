import { expect, test } from 'vitest';
import { shortValue, tracedExpressions } from './trace.ts';
import type { TraceValue } from './types.ts';

const part = (source: string, start: number, value: boolean | string | number, resource?: string): TraceValue => ({
  expression: 'when',
  source,
  start,
  end: start + source.length,
  value,
  ...(resource ? { resource } : {}),
});

test('of each expression the whole comes first, then the parts that explain it, in the order in which they are written', () => {
  const whole = 'risk == "high" && size(x) > 2';
  const trace = [part('risk', 0, 'high'), part('"high"', 8, 'high'), part('size(x) > 2', 18, false), part('risk == "high"', 0, true), part(whole, 0, false), part('size(x)', 18, 1)]; // prettier-ignore
  const [found] = tracedExpressions(trace);
  expect(found!.whole.source).toBe(whole);
  expect(found!.parts.map(({ source }) => source)).toEqual(['risk == "high"', 'size(x) > 2', 'size(x)']);
});

test('what was asked of several resources is told for each of them', () => {
  const found = tracedExpressions([part('a == 1', 0, true, 'web-1'), part('a == 1', 0, false, 'web-2')]);
  expect(found.map(({ resource, whole }) => [resource, whole.value])).toEqual([
    ['web-1', true],
    ['web-2', false],
  ]);
});

test('long values are cut', () => {
  expect(shortValue('x'.repeat(500)).length).toBeLessThan(130);
  expect(shortValue(undefined)).toBe('null');
});
