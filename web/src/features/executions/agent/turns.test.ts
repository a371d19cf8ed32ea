import { expect, test } from 'vitest';
import type { Json } from '#lib/types.ts';
import { conversationOf, hearAgent, planOf, UNSAID } from './turns.ts';

const hear = (...messages: [string, Record<string, never> | object][]) =>
  messages.reduce((before, [type, data]) => hearAgent(before, type, data as never), UNSAID);

test('what an agent says is put together piece by piece, turn by turn', () => {
  const { turns } = hear(
    ['agent.message', { step: 1, text: 'Let me ', delta: true }],
    ['agent.message', { step: 1, text: 'look.', delta: true }],
    ['agent.message', { step: 2, text: 'Two servers.' }],
    ['agent.message', { step: 1, text: 'Let me look.' }],
  );
  expect(turns.map(({ step, text }) => [step, text])).toEqual([[1, 'Let me look.'], [2, 'Two servers.']]); // prettier-ignore
});

test('a call is one line whose state moves on, and keeps what was said of it before', () => {
  const { turns } = hear(
    ['agent.tool', { step: 1, index: 1, tool: 'servers_list', status: 'running', arguments: { limit: 5 } }],
    ['agent.tool', { step: 1, index: 0, tool: 'find_tool', status: 'done', summary: '<data from="find_tool">\nfound 3\n</data>' }],
    ['agent.tool', { step: 1, index: 1, tool: 'servers_list', status: 'done', summary: '2 servers', recordId: 'r1' }],
  );
  expect(turns[0]!.calls).toEqual([
    { index: 0, tool: 'find_tool', status: 'done', arguments: undefined, summary: 'found 3', recordId: null },
    { index: 1, tool: 'servers_list', status: 'done', arguments: { limit: 5 }, summary: '2 servers', recordId: 'r1' },
  ]);
});

test('usage is what it is altogether so far', () => {
  expect(hear(['agent.usage', { tokens: 120, cost: 30 }], ['agent.usage', { tokens: 300, cost: 75 }])).toMatchObject({ tokens: 300, cost: 75 });
});

test('the output of an agent tells the same, with its answer and why it ended', () => {
  const call = { step: 1, index: 0, tool: 'servers_list', arguments: {}, status: 'done', recordId: 'r', summary: '2 servers' };
  const usage = { in: 100, out: 20, cost: 9 };
  const told = conversationOf({ answer: 'Two.', steps: [{ step: 1, text: 'Looking', calls: [call], usage, model: 'mock/one' }], toolCalls: [call], usage, stopReason: 'done' }); // prettier-ignore
  expect(told).toMatchObject({ tokens: 120, cost: 9, stopReason: 'done', answer: 'Two.' });
  expect(told!.turns[0]).toMatchObject({ text: 'Looking', model: 'mock/one', tokens: 120, calls: [{ tool: 'servers_list', status: 'done' }] });
});

test('other outputs are none of an agent, and none of a planner', () => {
  const others: (Json | undefined)[] = [undefined, null, 3, 'text', [], {}, { steps: [] }, { steps: 'x', usage: {} }];
  for (const output of others) {
    expect(conversationOf(output)).toBeNull();
    expect(planOf(output)).toBeNull();
  }
  expect(planOf({ goal: 'g', steps: [{ id: 'a', tool: 't', why: 'w', risk: 'read', dependsOn: [] }], confidence: 80 })).toMatchObject({ confidence: 80, steps: [{ tool: 't' }] }); // prettier-ignore
});
