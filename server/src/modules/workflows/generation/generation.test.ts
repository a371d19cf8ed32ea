import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../graph.ts';
import { operationsIn } from '../model/uses.ts';
import { shippedTemplates } from '../templates/shipped/index.ts';
import { readAnswer } from './answer.ts';
import { attempted, built, finished, type Building } from './building.ts';
import type { Catalogue } from './catalogue.ts';
import { clausesOf, rhythmOf } from './fallback/clauses.ts';
import { draftOf, templatesNear } from './fallback/draft.ts';
import { GOALS } from './goals.ts';
import { judge, mistakesIn } from './settle.ts';
import { askerOf, everything, goodAnswer, type Scripted } from './testing.ts';

let catalogue: Catalogue;
let building: Building;
beforeAll(async () => {
  ({ catalogue, building } = await everything());
});

const mistakes = async (made: { graph: Building['base']['graph']; settings: Building['base']['settings'] }) =>
  mistakesIn(judge(made.graph, { facts: await building.facts(made.graph), settings: made.settings }));

/** Ways in which models fail, in turn: each of them mends its answer when told, but for what there is not. */
const FLAWS: readonly { name: string; spoil: (good: Scripted, call: number) => string; noted: number }[] = [
  { name: 'none', noted: 0, spoil: (good) => JSON.stringify(good) },
  { name: 'a fence and a sentence around it', noted: 0, spoil: (good) => `Here it is:\n\`\`\`json\n${JSON.stringify(good)}\n\`\`\`\nEnjoy!` },
  { name: 'no JSON at first', noted: 0, spoil: (good, call) => (call === 0 ? 'I am sorry, I cannot do that.' : JSON.stringify(good)) },
  { name: 'a link to nowhere at first', noted: 0, spoil: (good, call) => JSON.stringify(call === 0 ? { ...good, links: [...good.links, 'start -> nowhere'] } : good) },
  { name: 'an invented node type, to the end', noted: 1, spoil: (good) => JSON.stringify({ ...good, nodes: [...good.nodes, { key: 'beam', type: 'teleport', name: 'Beam', config: {} }], links: [...good.links, 'start -> beam'] }) },
  { name: 'an invented Operation, to the end', noted: 1, spoil: (good) => JSON.stringify({ ...good, nodes: [...good.nodes, { key: 'fly', type: 'operation', name: 'Fly', config: { operation: 'servers.fly', input: {} } }], links: [...good.links, 'start -> fly'] }) },
  { name: 'a key written out, to the end', noted: 1, spoil: (good) => JSON.stringify({ ...good, nodes: [...good.nodes, { key: 'call', type: 'http_api', name: 'Call', config: { url: 'https://api.example.com', headers: [{ name: 'authorization', value: 'Bearer ghp_0123456789abcdefghijABCDEFGHIJ012345' }] } }], links: [...good.links, 'start -> call'] }) },
  { name: 'an expression that is none, at first', noted: 0, spoil: (good, call) => JSON.stringify(call === 0 ? { ...good, nodes: [...good.nodes, { key: 'set', type: 'transform', name: 'Set', config: { mode: 'expression', expression: 'input +' } }], links: [...good.links, 'start -> set'] } : good) },
  { name: 'a part that it says it cannot build', noted: 1, spoil: (good) => JSON.stringify({ ...good, unbuilt: [{ wanted: 'Brew coffee', why: 'There is no such Operation' }] }) },
  { name: 'a schedule that nobody agreed to', noted: 0, spoil: (good) => JSON.stringify({ ...good, nodes: good.nodes.map((node) => (node['type'] === 'trigger' ? { ...node, config: { mode: 'schedule', type: 'cron', cron: '0 2 * * *' } } : node)) }) },
]; // prettier-ignore

describe('workflows 106: Generation from 60 goals with the mock gives valid graphs; unknown parts become Notes; nothing is published, run or read from secrets', () => {
  test('sixty goals with a scripted model, whatever is wrong with its first answers', async () => {
    expect(GOALS).toHaveLength(60);
    const found = { valid: 0, kinds: 0, operations: 0, notes: 0, calls: 0, questions: 0 };
    const wanted = { kinds: 0, operations: 0, notes: 0, questions: 0 };
    for (const [at, one] of GOALS.entries()) {
      const flaw = FLAWS[at % FLAWS.length]!;
      const good = goodAnswer(one, catalogue);
      const asked = askerOf((call) => flaw.spoil(good, call));
      const made = await built(building, asked, one.goal);
      const [types, called] = [new Set(made.graph.nodes.map(({ type }) => type)), new Set(operationsIn(made.graph))];
      const steps = one.steps.filter((step) => step !== 'for' && step !== 'end');
      const missing = steps.filter((step) => step.includes('.') && !catalogue.operations.has(step));
      expect([one.goal, await mistakes(made)]).toEqual([one.goal, []]);
      // What could not be had is a Note with the reason, and never a node.
      expect([one.goal, made.unbuilt.length + made.said.unbuilt.length]).toEqual([one.goal, flaw.noted + missing.length]);
      expect([...types]).not.toContain('teleport');
      expect([...called]).not.toContain('servers.fly');
      expect(JSON.stringify(made.graph)).not.toContain('ghp_');
      found.valid += 1;
      found.kinds += steps.filter((step) => !step.includes('.') && types.has(step)).length;
      found.operations += steps.filter((step) => called.has(step)).length;
      found.calls += asked.spent().usage.calls;
      found.questions += made.questions.length;
      wanted.kinds += steps.filter((step) => !step.includes('.')).length;
      wanted.operations += steps.filter((step) => step.includes('.')).length - missing.length;
      wanted.questions += flaw.name.startsWith('a schedule') ? 1 : 0;
      for (const { type, config } of made.graph.nodes) if (type === 'trigger') expect(config['mode']).toBe('manual');
    }
    expect(found).toMatchObject({ valid: 60, kinds: wanted.kinds, operations: wanted.operations, questions: wanted.questions });
    // Four calls at most for each: one answer and three repairs.
    expect(found.calls).toBeLessThanOrEqual(60 * 4);
  });

  test('sixty goals without a model: every graph is valid, and five of six steps are found', async () => {
    const [found, wanted] = [{ valid: 0, steps: 0 }, { steps: 0 }];
    for (const { goal, steps } of GOALS) {
      const said = draftOf(catalogue, templatesNear(shippedTemplates(), goal), goal);
      const made = finished(await attempted(building, said));
      expect([goal, await mistakes(made)]).toEqual([goal, []]);
      found.valid += 1;
      const names = new Set(made.graph.nodes.map(({ type, config }) => String(config['operation'] ?? type)));
      const meant = steps.filter((step) => step !== 'for' && step !== 'end');
      found.steps += meant.filter((step) => names.has(step)).length;
      wanted.steps += meant.length;
    }
    expect(found.valid).toBe(60);
    expect(found.steps / wanted.steps).toBeGreaterThan(5 / 6 - 0.02);
  });

  test('what changes something is never guessed: an Operation that the words do not name is in no draft', async () => {
    for (const goal of ['Make it nicer', 'Servers', 'Do the usual thing with our zones', 'Räum bitte auf', 'Rotate the moon']) {
      const made = finished(await attempted(building, draftOf(catalogue, [], goal)));
      const writes = operationsIn(made.graph).filter((name) => catalogue.operations.get(name)?.fact.risk !== 'read');
      expect([goal, writes]).toEqual([goal, []]);
    }
  });

  test('who may not use an Operation is neither told of it nor given it', async () => {
    const { catalogue: less, building: own } = await everything((permission) => !permission.startsWith('servers:'));
    expect([...less.operations.keys()].filter((name) => name.startsWith('servers.'))).toEqual([]);
    const one = GOALS.find(({ goal }) => goal.startsWith('Delete a server'))!;
    const made = await built(
      own,
      askerOf(() => JSON.stringify(goodAnswer(one, catalogue))),
      one.goal,
    );
    expect(operationsIn(made.graph)).toEqual([]);
    expect(made.unbuilt.map(({ why }) => why)).toEqual(['There is no Operation "servers.delete" that you may use here']);
    expect(made.graph.nodes.find(({ type }) => type === 'note')).toBeDefined();
  });

  test('an agent that was drafted asks before it changes anything', async () => {
    const answer = { nodes: [{ key: 'agent', type: 'ai_agent', name: 'Agent', config: { goal: 'x', writeMode: 'allow' } }], links: [] };
    const attempt = await attempted(building, readAnswer(answer));
    const agent = attempt.graph.nodes.find(({ key }) => key === 'agent');
    expect(agent?.config['writeMode']).toBe('approve');
  });

  test('whatever a model answers, what comes of it is a valid graph or a refusal in words', async () => {
    const node = fc.record({ key: fc.oneof(fc.constantFrom('a', 'b', 'start', 'input', '1'), fc.string()), type: fc.constantFrom('trigger', 'operation', 'loop', 'merge', 'conditional', 'approval', 'note', 'http_api', 'x'), name: fc.string(), config: fc.dictionary(fc.constantFrom('mode', 'operation', 'expression', 'title', 'items', 'url', 'inputs'), fc.jsonValue()) }, { requiredKeys: ['key', 'type'] });
    const links = fc.array(fc.oneof(fc.constantFrom('start -> a', 'a -> b', 'b -> a', 'a:true -> b', 'a:body -> b', 'b -> a:next', 'tool a:tools -> b'), fc.string()), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), fc.record({ nodes: fc.array(node, { maxLength: 5 }), links })), async (answer) => {
        const made = await built(building, askerOf(() => JSON.stringify(answer)), 'x').catch((error: { slug?: string }) => error.slug);
        if (typeof made === 'object') expect(await mistakes(made)).toEqual([]);
        else expect(made).toBe('generation-failed');
      }),
      { numRuns: 40 },
    );
  }); // prettier-ignore
});

test('goals are read clause by clause', () => {
  const kinds = (goal: string) => clausesOf(goal).map((clause) => clause.kind);
  expect(kinds('Resize it, wait 5 minutes and then notify me')).toEqual(['do', 'wait', 'notify']);
  expect(kinds('Ask for approval before rebooting the server')).toEqual(['approval', 'do']);
  expect(kinds('Mail the list to ops@example.com; call https://example.com/x')).toEqual(['email', 'http']);
  expect(clausesOf('warte 3 Stunden')).toMatchObject([{ kind: 'wait', value: 3, unit: 'hours' }]);
  expect([rhythmOf('every night at 23:30')?.cron, rhythmOf('jeden Montag um 7 Uhr')?.cron, rhythmOf('every 15 minutes')?.cron, rhythmOf('reboot')]).toEqual(['30 23 * * *', '0 7 * * 1', '*/15 * * * *', undefined]);
  fc.assert(fc.property(fc.string(), (goal) => void [clausesOf(goal), rhythmOf(goal)]));
}); // prettier-ignore

test('an answer is read part by part, and nothing in it is more than data', () => {
  const said = readAnswer({
    name: 'x\u0000y',
    nodes: [{ key: 'a', type: 'note', config: { text: '<b>' } as Json }, 7],
    links: ['a -> b', 3],
    settings: [],
  });
  expect(said.name).toBe('x y');
  expect(said.nodes.map(({ key }) => key)).toEqual(['a']);
  expect(said.faults).toHaveLength(2);
  expect(readAnswer('[]').faults).toEqual(['There is no list `nodes`']);
});
