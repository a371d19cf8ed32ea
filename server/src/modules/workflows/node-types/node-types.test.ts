import { expect, test } from 'vitest';
import { z } from 'zod';
import { configSchemaOf } from '../expressions/index.ts';
import type { Json } from '../graph.ts';
import { defineNode, MAIN_IN, MAIN_OUT, ofVersion } from '../nodes/declare.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import { drawn, factsWith, settingsWith } from '../validation/drawing.ts';
import { misfits } from '../validation/fit.ts';
import { validateGraph } from '../validation/index.ts';
import { typeViews, versionView } from './view.ts';

test.each([...NODE_TYPES.values()].map((type) => [type.type, type] as const))('workflows 26: the schema of %s is valid JSON Schema, and takes its default configuration once required fields are filled', (name, type) => {
  const schema = configSchemaOf(type);
  // Reading it back is what holds it against the standard.
  expect(() => z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])).not.toThrow();
  // What is left to fill in stands there empty, or as the beginning of a name.
  const begun = Object.entries(type.defaults as Record<string, Json>).filter(([, value]) => value !== '' && !String(value).endsWith('.'));
  const filled = { ...type.example, ...Object.fromEntries(begun) };
  expect(misfits(schema as unknown as Json, JSON.parse(JSON.stringify(filled)) as Json)).toEqual([]);
  expect(type.config.safeParse(type.example).error?.issues ?? []).toEqual([]);
  expect(versionView(name, undefined)).toMatchObject({ type: name, version: type.version });
}); // prettier-ignore

test('every type says what it is for, and is served as data', () => {
  const { all } = typeViews();
  expect(all).toHaveLength(NODE_TYPES.size);
  expect(JSON.parse(JSON.stringify(all))).toEqual(all);
  for (const { type, docs, summary } of all) expect([type, docs.length > 80, summary.length > 5]).toEqual([type, true, true]);
  expect(all.find(({ type }) => type === 'switch')!.outputs).toMatchObject({ kind: 'cases', field: 'cases' });
  expect(all.find(({ type }) => type === 'merge')!.inputs).toEqual({ kind: 'count', field: 'inputs', prefix: 'in' });
  expect(all.find(({ type }) => type === 'security')!.effect).toMatchObject({ field: 'action', values: { authorize: 'read', hash: 'pure' } });
});

test('workflows 27: A node type of an older version in a stored workflow still runs', async () => {
  const about = { label: 'Echo', icon: 'x', category: 'flow', summary: 's', docs: 'd', example: {}, defaults: {}, inputs: MAIN_IN, outputs: MAIN_OUT, effect: 'pure' } as const; // prettier-ignore
  const first = defineNode({ ...about, type: 'echo', version: 1, config: z.object({ word: z.string() }), example: { word: 'x' }, run: (_run, { word }) => ({ output: `first ${word}` }) });
  const second = defineNode({ ...about, type: 'echo', version: 2, older: [first], config: z.object({ words: z.array(z.string()) }), example: { words: [] }, run: () => ({ output: 'second' }) });
  const types = new Map([...NODE_TYPES, ['echo', second]]);
  const graph = drawn({ start: { type: 'trigger' }, old: { type: 'echo', typeVersion: 1, config: { word: 'hello' } } }, ['start > old']);
  const { valid, infos } = validateGraph(factsWith(), graph, settingsWith(), types);
  expect([valid, infos.map(({ rule }) => rule)]).toEqual([true, ['V43']]);
  const stored = graph.nodes[1]!;
  expect(await ofVersion(second, stored.typeVersion).run!({} as never, stored.config)).toEqual({ output: 'first hello' });
  expect(ofVersion(second, 2)).toBe(second);
}); // prettier-ignore
