import { expect, test } from 'vitest';
import { suggest, type Known } from './suggest.ts';

const known: Known = {
  nodes: [
    { key: 'fetch', name: 'Fetch', output: { items: [{ id: 1, label: 'x' }], total: 3 } },
    { key: 'wait', name: 'Wait' },
  ],
  vars: ['REGION'],
  input: { body: { size: 's' } },
};
const at = (text: string, mode: 'expr' | 'tpl' = 'expr') => {
  const { replace, items } = suggest(text, mode, known);
  return { replace, labels: items.map(({ label }) => label) };
};

test('variables and functions are offered by their beginning', () => {
  expect(at('no')).toMatchObject({ replace: 2 });
  expect(at('no').labels).toEqual(expect.arrayContaining(['nodes', 'now', 'input', 'text.lower']));
});

test('nodes before this one are offered, then what they have, then the fields of their output', () => {
  expect(at('nodes.').labels).toEqual(['fetch', 'wait']);
  expect(at('nodes.fetch.o')).toEqual({ replace: 1, labels: ['output', 'status', 'error', 'startedAt', 'endedAt'] });
  expect(at('nodes.fetch.output.').labels).toEqual(expect.arrayContaining(['items', 'total']));
  expect(at('nodes.fetch.output.items[0].').labels).toEqual(expect.arrayContaining(['id', 'label']));
  expect(at('input.body.').labels).toContain('size');
  expect(at('vars.').labels).toEqual(['REGION']);
  expect(at('text.').labels).toEqual(expect.arrayContaining(['lower', 'split']));
});

test('in a template something is offered only within its braces, and never within a text', () => {
  expect(at('Hello in', 'tpl').labels).toEqual([]);
  expect(at('Hello {{ in', 'tpl').labels).toContain('input');
  expect(at('{{ input }} in', 'tpl').labels).toEqual([]);
  expect(at('\\{{ in', 'tpl').labels).toEqual([]);
  expect(at('input.body == "in').labels).toEqual([]);
});
