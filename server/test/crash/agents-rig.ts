import { Ai, type AiAnswer } from '#kernel/ai.ts';
import { provide, type Port } from '#kernel/port.ts';
import { draw } from '#modules/workflows/engine/testing.ts';

/** What the model says in each turn: it looks and puts, then posts, then announces. */
const LINES: readonly (readonly [name: string, given: { n: number }])[][] = [[['look', { n: 1 }], ['put', { n: 1 }]], [['post', { n: 2 }]], [['own', { n: 3 }]]]; // prettier-ignore

/** An agent with one tool of each effect class. */
export const AGENT = draw(
  { start: ['trigger'], agent: ['ai_agent', { goal: 'Go', writeMode: 'allow' }], look: ['look'], put: ['put'], post: ['post'], own: ['own'] },
  'start -> agent, agent.tools -> look, agent.tools -> put, agent.tools -> post, agent.tools -> own',
);

/** A model that outlives every process: each answer is counted outside, by the turn it was for. */
const modelAt = (outside: string): Ai => ({
  async complete({ messages }) {
    const turn = messages.filter(({ role }) => role === 'assistant').length;
    await fetch(`${outside}/think/${turn + 1}?mark=model`, { method: 'POST', signal: AbortSignal.timeout(10_000) });
    const calls = LINES[turn] ?? [];
    const answer: AiAnswer = { text: calls.length > 0 ? '' : 'through', toolCalls: calls.map(([name, given], at) => ({ id: `${turn}-${at}`, name, arguments: given })), usage: { inputTokens: 10, outputTokens: 5, cost: 1 }, model: 'test/model', finishReason: 'stop' };
    return answer;
  },
  embed: () => Promise.reject(new Error('nobody asks')),
  modelFor: async () => undefined,
  model: async () => undefined,
}); // prettier-ignore

/** What agents ask of the process around them. */
export const agentAdapters = (outside: string): (readonly [Port<unknown>, unknown])[] => [provide(Ai, modelAt(outside))];
