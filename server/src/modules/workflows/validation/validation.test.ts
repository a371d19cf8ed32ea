import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Graph, Json, WorkflowSettings } from '../graph.ts';
import { applyEdits } from '../model/edits.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import { drawn, factsWith, idOf, settingsWith } from './drawing.ts';
import type { Facts } from './facts.ts';
import { validateGraph, type Finding } from './index.ts';

type Drawn = Parameters<typeof drawn>;
interface Case {
  rule: string;
  severity: Finding['severity'];
  bad: Drawn;
  good: Drawn;
  settings?: z.input<typeof WorkflowSettings>;
  goodSettings?: z.input<typeof WorkflowSettings>;
  facts?: Partial<Facts>;
  goodFacts?: Partial<Facts>;
}

const start = { type: 'trigger', config: { mode: 'manual' } };
const set = (value: string) => ({ type: 'transform', config: { mode: 'expression', expression: value } });
const pass = set('input');
const text = (template: string) => ({ type: 'transform', config: { mode: 'template', template } });
const check = { type: 'conditional', config: { expression: 'input.ok == true' } };
const reboot = (id: string) => ({ type: 'operation', config: { operation: 'servers.reboot', input: { id } } });
const hook = (config: object = {}) => ({ type: 'trigger', config: { mode: 'webhook', ...config } });
const every = (cron: string) => ({ type: 'trigger', config: { mode: 'schedule', type: 'cron', cron } });
const loop = (config: object = {}) => ({ type: 'loop', config: { type: 'for_each', items: 'input', ...config } });
const agent = (config: Record<string, Json> = {}) => ({ type: 'ai_agent', config: { goal: 'x', ...config } });
const http = { type: 'http_api', config: { url: 'https://example.com/' } };
const tool = { ...set('input.n + 1'), description: 'Adds one to a number n' };
const AB: Drawn = [{ start, a: pass }, ['start > a']];
const LOOP = ['start > each', 'each.body > a', 'a > each.next'];
const SERVICE = { runAs: 'service' } as const;
const UNDONE: Drawn = [
  { start, a: { ...reboot('s1'), settings: { compensate: 'back' } }, back: reboot('{{ nodes.a.output.changeId }}') },
  ['start > a'],
];

const CASES: Case[] = [
  { rule: 'V01', severity: 'error', bad: [{ a: pass }, []], good: AB },
  { rule: 'V02', severity: 'error', bad: [{ start, a: { type: 'teleport' } }, ['start > a']], good: AB },
  { rule: 'V03', severity: 'error', bad: [{ start, a: { type: 'transform', config: { mode: 'nonsense' } } }, ['start > a']], good: AB },
  { rule: 'V04', severity: 'error', bad: [{ start, input: pass }, ['start > input']], good: AB },
  { rule: 'V05', severity: 'error', bad: [{ start, a: pass }, ['start.nowhere > a']], good: AB },
  { rule: 'V06', severity: 'error', bad: [{ start, each: loop(), a: pass, b: pass }, [...LOOP, 'each.next > b']], good: [{ start, each: loop(), a: pass, b: pass }, [...LOOP, 'each.done > b']] },
  { rule: 'V07', severity: 'error', bad: [{ start, a: pass, b: pass }, ['start > a', 'a > b', 'b > a']], good: [{ start, each: loop(), a: pass }, LOOP] },
  { rule: 'V08', severity: 'error', bad: [{ start, each: loop(), a: pass, b: pass }, [...LOOP, 'each.done > b', 'a.error > b']], good: [{ start, each: loop(), a: pass, b: pass }, [...LOOP, 'each.done > b']] },
  { rule: 'V09', severity: 'error', bad: [{ start, each: loop() }, ['start > each']], good: [{ start, each: loop(), a: pass }, LOOP] },
  { rule: 'V09', severity: 'warning', bad: [{ start, each: loop({ type: 'while', condition: 'true' }), a: pass }, LOOP], good: [{ start, each: loop({ type: 'while', condition: 'true', breakWhen: 'result == 1' }), a: pass }, LOOP] },
  { rule: 'V10', severity: 'warning', bad: [{ start, a: pass, lonely: pass }, ['start > a']], good: [{ start, a: pass, words: { type: 'note', config: { text: 'x' } } }, ['start > a']] },
  { rule: 'V11', severity: 'warning', bad: [{ start, check, a: pass }, ['start > check', 'check.true > a']], good: [{ start, check, a: pass, b: pass }, ['start > check', 'check.true > a', 'check.false > b']] },
  { rule: 'V12', severity: 'error', bad: [{ start, a: pass, b: pass, end: pass }, ['start > a', 'start > b', 'a > end', 'b > end']], good: [{ start, check, a: pass, b: pass, end: pass }, ['start > check', 'check.true > a', 'check.false > b', 'a > end', 'b > end']] },
  { rule: 'V13', severity: 'error', bad: [{ start, a: pass, join: { type: 'merge', config: { inputs: 2 } } }, ['start > a', 'a > join.in1']], good: [{ start, a: pass, b: pass, join: { type: 'merge', config: { inputs: 2 } } }, ['start > a', 'start > b', 'a > join.in1', 'b > join.in2']] },
  { rule: 'V14', severity: 'error', bad: [{ start, a: set('1 +') }, ['start > a']], good: [{ start, a: set('1 + 1') }, ['start > a']] },
  { rule: 'V15', severity: 'error', bad: [{ start, a: set('nodes.nobody.output') }, ['start > a']], good: [{ start, a: pass, b: set('nodes.a.output') }, ['start > a', 'a > b']] },
  { rule: 'V16', severity: 'error', bad: [{ start, a: { type: 'delay', config: { mode: 'for', for: { value: '{{ "x" }}', unit: 'seconds' } } } }, ['start > a']], good: [{ start, a: { type: 'delay', config: { mode: 'for', for: { value: '{{ 2 + 3 }}', unit: 'seconds' } } } }, ['start > a']] },
  { rule: 'V17', severity: 'warning', bad: [{ start, check, a: pass, end: set('nodes.a.output') }, ['start > check', 'check.true > a', 'check.false > end', 'a > end']], good: [{ start, check, a: pass, end: set('default(nodes.a.output, 1)') }, ['start > check', 'check.true > a', 'check.false > end', 'a > end']] },
  { rule: 'V18', severity: 'error', bad: [{ start, a: text('key {{ secrets.API_KEY }}') }, ['start > a']], good: [{ start, a: { type: 'code', config: { code: 'export default () => 1', secrets: { key: 'secret://API_KEY' } } } }, ['start > a']] },
  { rule: 'V19', severity: 'error', bad: [{ start, a: text('AKIAIOSFODNN7EXAMPLE') }, ['start > a']], good: [{ start, a: text('a key is not here') }, ['start > a']] },
  { rule: 'V20', severity: 'error', bad: [{ start, a: text('{{ vars.NOPE }}') }, ['start > a']], good: [{ start, a: text('{{ vars.REGION }}') }, ['start > a']] },
  { rule: 'V21', severity: 'error', bad: [{ start, a: { type: 'operation', config: { operation: 'servers.vanish', input: {} } } }, ['start > a']], good: [{ start, a: reboot('s1') }, ['start > a']] },
  { rule: 'V22', severity: 'warning', bad: [{ start, a: { type: 'operation', config: { operation: 'servers.freeze', input: { id: 's1' } } } }, ['start > a']], good: [{ start, a: reboot('s1') }, ['start > a']] },
  { rule: 'V23', severity: 'error', bad: [{ start: every('* * * * * *'), a: pass }, ['start > a']], good: [{ start: every('0 2 * * *'), a: pass }, ['start > a']], settings: SERVICE },
  { rule: 'V24', severity: 'error', bad: [{ start: hook({ path: 'orders' }), a: pass }, ['start > a']], good: [{ start: hook({ path: 'mine' }), a: pass }, ['start > a']], settings: SERVICE },
  { rule: 'V25', severity: 'warning', bad: [{ start: hook(), a: reboot('s1') }, ['start > a']], good: [{ start: hook({ auth: 'apiKey', secret: 'secret://API_KEY' }), a: reboot('s1') }, ['start > a']], settings: SERVICE },
  { rule: 'V25', severity: 'error', bad: [{ start: hook(), a: reboot('s1') }, ['start > a']], good: [{ start: hook(), a: pass }, ['start > a']], settings: SERVICE, facts: { openWebhooksForbidden: true } },
  { rule: 'V26', severity: 'error', bad: [{ start: hook({ auth: 'apiKey', secret: 'secret://API_KEY' }), a: { type: 'respond' } }, ['start > a']], good: [{ start: hook({ auth: 'apiKey', secret: 'secret://API_KEY', response: { mode: 'respond_node' } }), a: { type: 'respond' } }, ['start > a']] },
  { rule: 'V26', severity: 'warning', bad: [{ start, a: { type: 'respond' } }, ['start > a']], good: AB },
  { rule: 'V27', severity: 'error', bad: [{ start: hook({ auth: 'apiKey', secret: 'secret://API_KEY', response: { mode: 'respond_node' } }), a: pass }, ['start > a']], good: [{ start: hook({ auth: 'apiKey', secret: 'secret://API_KEY', response: { mode: 'respond_node' } }), a: { type: 'respond' } }, ['start > a']] },
  { rule: 'V27', severity: 'warning', bad: [{ start: hook({ auth: 'apiKey', secret: 'secret://API_KEY', response: { mode: 'respond_node' } }), check, a: { type: 'respond' }, b: pass }, ['start > check', 'check.true > a', 'check.false > b']], good: [{ start: hook({ auth: 'apiKey', secret: 'secret://API_KEY', response: { mode: 'respond_node' } }), check, a: { type: 'respond' }, b: { type: 'fail', config: { message: 'x' } } }, ['start > check', 'check.true > a', 'check.false > b']] },
  { rule: 'V28', severity: 'error', bad: [{ start, a: { type: 'sub_workflow', config: { workflow: 'other' } } }, ['start > a']], good: [{ start, a: { type: 'sub_workflow', config: { workflow: 'part' } } }, ['start > a']], facts: { workflowId: 'me', workflows: [{ id: 'p', slug: 'part', callable: true, calls: [] }, { id: 'o', slug: 'other', callable: true, calls: ['q'] }, { id: 'q', slug: 'q', callable: true, calls: ['me'] }] } },
  { rule: 'V29', severity: 'error', bad: [{ start, a: agent() }, ['start > a']], good: [{ start, a: agent({ model: 'openai/gpt-5-mini' }) }, ['start > a']], facts: { hasModel: false } },
  { rule: 'V29', severity: 'error', bad: [{ start, a: agent({ mode: 'conversational' }), t: tool }, ['start > a', 'a.tools > t']], good: [{ start, a: agent(), t: tool }, ['start > a', 'a.tools > t']] },
  { rule: 'V30', severity: 'warning', bad: [{ start, a: agent(), t: { ...tool, description: 'adds' } }, ['start > a', 'a.tools > t']], good: [{ start, a: agent(), t: tool }, ['start > a', 'a.tools > t']] },
  { rule: 'V31', severity: 'error', bad: [{ start, a: agent({ writeMode: 'allow', tools: { operations: ['servers.*'] } }) }, ['start > a']], good: [{ start, a: agent({ writeMode: 'allow', tools: { operations: ['servers.*'], deny: ['servers.delete'] } }) }, ['start > a']] },
  { rule: 'V32', severity: 'warning', bad: [{ start, get: http, a: reboot('{{ input.body.id }}') }, ['start > get', 'get > a']], good: [{ start, get: http, safe: { type: 'security', config: { action: 'scan_prompt' } }, a: reboot('{{ input.value.body.id }}') }, ['start > get', 'get > safe', 'safe.pass > a']] },
  { rule: 'V32', severity: 'warning', bad: [{ start, a: agent(), get: { ...http, description: 'Reads the page of the shop' }, b: reboot('{{ input.answer }}') }, ['start > a', 'a.tools > get', 'a > b']], good: [{ start, a: agent(), t: tool, b: reboot('{{ input.answer }}') }, ['start > a', 'a.tools > t', 'a > b']] },
  { rule: 'V33', severity: 'error', bad: [{ start, a: agent() }, ['start > a']], good: [{ start, a: agent({ budget: { tokens: 5_000 } }) }, ['start > a']], facts: { budgetsDemanded: true } },
  { rule: 'V33', severity: 'error', bad: [{ start, a: agent() }, ['start > a']], good: [{ start, a: agent() }, ['start > a']], goodSettings: { budgets: { cost: 1_000_000 } }, facts: { budgetsDemanded: true } },
  { rule: 'V35', severity: 'error', bad: [{ start, a: { type: 'http_api', config: { url: 'http://169.254.169.254/latest/meta-data' } } }, ['start > a']], good: [{ start, a: { type: 'http_api', config: { url: 'https://example.com/' } } }, ['start > a']] },
  { rule: 'V36', severity: 'warning', bad: [{ start, a: { type: 'http_api', config: { url: 'https://example.com/', method: 'POST', idempotency: 'none' }, settings: { retry: { maxAttempts: 3 } } } }, ['start > a']], good: [{ start, a: { type: 'http_api', config: { url: 'https://example.com/', method: 'POST' }, settings: { retry: { maxAttempts: 3 } } } }, ['start > a']] },
  { rule: 'V37', severity: 'warning', bad: [{ start, each: loop(), a: reboot('{{ item.id }}') }, LOOP], good: [{ start, each: loop({ maxIterations: 50 }), a: reboot('{{ item.id }}') }, LOOP] },
  { rule: 'V38', severity: 'error', bad: [{ start, a: pass, b: pass }, ['start > a', 'a > b']], good: AB, facts: { limits: { ...factsWith().limits, nodes: 2 } } },
  { rule: 'V39', severity: 'warning', bad: [{ start, a: { ...pass, settings: { timeoutSeconds: 600 } } }, ['start > a']], good: [{ start, a: { ...pass, settings: { timeoutSeconds: 60 } } }, ['start > a']] },
  { rule: 'V40', severity: 'error', bad: [{ start, a: reboot('s1') }, ['start > a']], good: AB, settings: { durability: 'end' } },
  { rule: 'V41', severity: 'error', bad: [{ start, a: reboot('s1') }, ['start > a']], good: [{ start, a: { type: 'operation', config: { operation: 'servers.get', input: { id: 's1' } } } }, ['start > a']], settings: SERVICE, facts: { publisherMay: (permission) => permission === 'servers:read' } },
  { rule: 'V42', severity: 'error', bad: [{ start: every('0 2 * * *'), a: pass }, ['start > a']], good: [{ start: every('0 2 * * *'), a: pass }, ['start > a']], goodSettings: SERVICE },
  { rule: 'V43', severity: 'info', bad: [{ start, a: { ...pass, settings: { disabled: true } } }, ['start > a']], good: AB },
  { rule: 'V44', severity: 'warning', bad: [{ start, a: reboot('s1'), b: reboot('s1') }, ['start > a', 'start > b']], good: [{ start, a: reboot('s1'), b: reboot('s1') }, ['start > a', 'a > b']] },
  { rule: 'V45', severity: 'error', bad: [{ start, a: reboot('s1') }, ['start > a']], good: [{ start, a: { type: 'operation', config: { operation: 'servers.resize', input: { id: 's1' } } } }, ['start > a']], settings: { rollbackOnFailure: 'auto' } },
  { rule: 'V45', severity: 'error', bad: [{ start, a: { ...reboot('s1'), settings: { compensate: 'nobody' } } }, ['start > a']], good: UNDONE, settings: { rollbackOnFailure: 'auto' } },
  { rule: 'V45', severity: 'error', bad: [{ start, a: { ...reboot('s1'), settings: { compensate: 'b' } }, b: reboot('s2') }, ['start > a', 'a > b']], good: UNDONE },
  { rule: 'V45', severity: 'error', bad: [{ start, a: { ...pass, settings: { compensate: 'back' } }, back: reboot('s2') }, ['start > a']], good: UNDONE },
  { rule: 'V43', severity: 'info', bad: [{ start, a: { ...pass, settings: { cacheSeconds: 5 } } }, ['start > a']], good: [{ start, a: { ...http, settings: { cacheSeconds: 5 } } }, ['start > a']] },
  { rule: 'V43', severity: 'warning', bad: [{ start, a: { ...pass, settings: { approval: 'require' } } }, ['start > a']], good: [{ start, a: { ...reboot('s1'), settings: { approval: 'require' } } }, ['start > a']] },
]; // prettier-ignore

const look = (draw: Drawn, facts: Partial<Facts> = {}, settings: z.input<typeof WorkflowSettings> = {}) =>
  validateGraph(factsWith(facts), drawn(...draw), settingsWith(settings));
const rulesOf = (found: readonly Finding[], rule: string): Finding[] => found.filter((one) => one.rule === rule);

test.each(CASES)('workflows 22: $rule ($severity) has a graph that triggers it and one that does not', ({ rule, severity, bad, good, facts, goodFacts, settings, goodSettings }) => {
  const all = (draw: Drawn, given?: Partial<Facts>, set_?: z.input<typeof WorkflowSettings>) => {
    const { errors, warnings, infos } = look(draw, given, set_);
    return rulesOf([...errors, ...warnings, ...infos], rule).filter((one) => one.severity === severity);
  };
  const found = all(bad, facts, settings);
  expect(found.length).toBeGreaterThan(0);
  expect(found[0]!.message).not.toBe('');
  expect(all(good, goodFacts ?? facts, goodSettings ?? settings)).toEqual([]);
}); // prettier-ignore

test('workflows 22: every rule that is not about knowledge has its row in the table', () => {
  const elsewhere = ['V34'];
  const wanted = Array.from({ length: 45 }, (_, at) => `V${String(at + 1).padStart(2, '0')}`).filter((rule) => !elsewhere.includes(rule));
  expect([...new Set(CASES.map(({ rule }) => rule))].toSorted()).toEqual(wanted);
});

test('a tool reads what its agent may read, is reached with it, and is nothing that decides on the graph', () => {
  const graph: Drawn = [{ start, a: pass, b: agent({ model: 'x/y' }), t: { ...set('nodes.a.output + input.n'), description: 'Adds what came before' } }, ['start > a', 'a > b', 'b.tools > t']];
  expect(look(graph)).toMatchObject({ valid: true, warnings: [] });
  const { errors } = look([{ start, b: agent(), t: { type: 'ai_agent', config: { goal: 'x' }, description: 'Another agent below it' } }, ['start > b', 'b.tools > t']]);
  expect(rulesOf(errors, 'V06')[0]!.message).toContain('cannot be a tool');
}); // prettier-ignore

test('what undoes an act stands beside the flow, reads what that answered and all before it, and is missed by nobody', () => {
  expect(look(UNDONE)).toMatchObject({ valid: true, warnings: [] });
});

test('a sound workflow has nothing to say', () => {
  expect(look(AB)).toEqual({ valid: true, errors: [], warnings: [], infos: [], summary: 'Nothing to say' });
});

describe('structure', () => {
  test("workflows 20: A cycle outside a loop is refused, naming the cycle's nodes", () => {
    const { errors } = look([{ start, a: pass, b: pass, c: pass }, ['start > a', 'a > b', 'b > c', 'c > b']]);
    expect(rulesOf(errors, 'V07')[0]!.message).toMatch(/b → c → b|c → b → c/);
  });

  test('workflows 21: Two branches of one Conditional may join in one node; two parallel branches may not, and the offered fix inserts a working Merge', () => {
    const graph = drawn({ start, a: pass, b: pass, c: pass, end: pass }, ['start > a', 'start > b', 'start > c', 'a > end', 'b > end', 'c > end']);
    const [finding] = rulesOf(validateGraph(factsWith(), graph, settingsWith()).errors, 'V12');
    const edits = finding!.fix!.ops as unknown as Parameters<typeof applyEdits>[1];
    const mended = applyEdits({ graph, settings: settingsWith() }, edits);
    expect(validateGraph(factsWith(), mended.graph, settingsWith())).toMatchObject({ valid: true, errors: [] });
    const merge = mended.graph.nodes.find(({ type }) => type === 'merge')!;
    expect(mended.graph.connections.filter(({ target }) => target === merge.id).map(({ targetPort }) => targetPort)).toEqual(['in1', 'in2', 'in3']);
    expect(mended.graph.connections.filter(({ target }) => target === idOf('end'))).toHaveLength(1);
  });

  test.each<[string, Drawn]>([
    ['the main and the error port of one node', [{ start, a: pass, b: pass, end: pass }, ['start > a', 'a > end', 'a.error > b', 'b > end']]],
    ['two triggers', [{ start, other: hook({ auth: 'apiKey', secret: 'secret://API_KEY' }), end: pass }, ['start > end', 'other > end']]],
    ['branches of a Conditional further upstream', [{ start, check, a: pass, b: pass, c: pass, end: pass }, ['start > check', 'check.true > a', 'a > b', 'check.false > c', 'b > end', 'c > end']]],
    ['cases of a Switch', [{ start, way: { type: 'switch', config: { cases: [{ name: 'x', when: 'true' }, { name: 'y', when: 'true' }] } }, end: pass }, ['start > way', 'way.x > end', 'way.y > end', 'way.default > end']]],
  ])('%s may join in one node', (_what, draw) => {
    expect(rulesOf(look(draw).errors, 'V12')).toEqual([]);
  }); // prettier-ignore

  test.each<[string, Drawn]>([
    ['the two ports of a Filter', [{ start, some: { type: 'filter', config: { where: 'true' } }, end: pass }, ['start > some', 'some.main > end', 'some.rejected > end']]],
    ['every case of a Switch that takes all that fit', [{ start, way: { type: 'switch', config: { allMatches: true, cases: [{ name: 'x', when: 'true' }, { name: 'y', when: 'true' }] } }, end: pass }, ['start > way', 'way.x > end', 'way.y > end']]],
    ['a branch and the trunk before it', [{ start, check, a: pass, end: pass }, ['start > check', 'start > a', 'check.true > end', 'a > end']]],
  ])('%s may not join without a Merge', (_what, draw) => {
    expect(rulesOf(look(draw).errors, 'V12')).toHaveLength(1);
  }); // prettier-ignore
});

describe('expressions', () => {
  test('workflows 24: An expression naming a node that is not upstream is an error at edit time; one naming a skippable node is a warning', () => {
    const { errors } = look([{ start, a: set('nodes.b.output'), b: pass }, ['start > a', 'a > b']]);
    expect(rulesOf(errors, 'V15')[0]).toMatchObject({ nodeKey: 'a', pointer: '/config/expression', message: '"b" does not come before "a"' });
    const { errors: none, warnings } = look([
      { start, check, a: pass, end: text('x {{ nodes.a.output.name }}') },
      ['start > check', 'check.true > a', 'check.false > end', 'a > end'],
    ]);
    expect(none).toEqual([]);
    const [warned] = rulesOf(warnings, 'V17');
    expect(warned!.fix!.ops[0]).toMatchObject({ op: 'updateNode', set: { config: { template: 'x {{ default(nodes.a.output.name, null) }}' } } });
  });

  test('a node in the body of a loop is read from within it, and its results from behind', () => {
    const draw = (source: string): Drawn => [{ start, each: loop(), a: set('item.id + index'), b: set('nodes.a.output + loop.count'), end: set(source) }, ['start > each', 'each.body > a', 'a > b', 'b > each.next', 'each.done > end']];
    expect(look(draw('nodes.each.output.results')).valid).toBe(true);
    expect(rulesOf(look(draw('nodes.a.output')).errors, 'V15')[0]!.message).toBe('"a" is in the body of "each"; read nodes.each.output.results');
    expect(rulesOf(look(draw('nodes.each.output.nonsense')).errors, 'V16')[0]!.message).toContain('There is no "nonsense"');
    expect(rulesOf(look(draw('servr.id')).errors, 'V15')[0]!.message).toBe('There is no variable "servr"');
  }); // prettier-ignore

  test('workflows 25: A secret reference in a log or prompt field is refused; a literal that looks like a key is refused with the fix to move it to a secret', () => {
    const { errors } = look([{ start, a: text('{{ secrets.API_KEY }}'), b: text(`Bearer ${'k'.repeat(40)}`) }, ['start > a', 'a > b']]);
    expect(rulesOf(errors, 'V18')[0]).toMatchObject({ nodeKey: 'a', pointer: '/config/template' });
    expect(rulesOf(errors, 'V19')[0]!.fix).toMatchObject({ title: 'Move it to the secret B_TEMPLATE', ops: [{ op: 'updateNode', set: { config: { template: 'secret://B_TEMPLATE' } } }] });
  }); // prettier-ignore
});

test('workflows 23: validating 500 nodes asks of each as often as validating 50 does', () => {
  const chain = (length: number): Graph => {
    const parts = Object.fromEntries(Array.from({ length }, (_, at) => [`n${at}`, at === 0 ? start : set(at === 1 ? 'input' : `nodes.n${at - 1}.output.x + ${at}`)]));
    return drawn(parts, Array.from({ length: length - 1 }, (_, at) => `n${at} > n${at + 1}`));
  }; // prettier-ignore
  const steps = (length: number): number => {
    let asked = 0;
    const counting = new Map([...NODE_TYPES].map(([name, type]) => [name, new Proxy(type, { get: (target, field) => (asked++, Reflect.get(target, field) as unknown) })])); // prettier-ignore
    expect(validateGraph(factsWith(), chain(length), settingsWith(), counting).errors).toEqual([]);
    return asked;
  };
  expect(steps(500) / steps(50)).toBeLessThan(11);
});
