import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startModels, type ModelServer } from '#test/models.ts';

// The scripted server that others are tested with, asked by hand: as the providers themselves would answer.
let models: ModelServer;
beforeAll(async () => {
  models = await startModels();
});
afterAll(() => models.close());
beforeEach(() => {
  models.script.length = 0;
  models.key = undefined;
});

const post = (url: string, body: object, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
const openAi = (more: object = {}) =>
  post(`${models.url}/chat/completions`, { model: 'small', messages: [{ role: 'user', content: 'hi' }], ...more });
const anthropic = (more: object = {}) =>
  post(`${models.anthropicUrl}/messages`, {
    model: 'small',
    max_tokens: 10,
    messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }],
    ...more,
  });

test('without a script it echoes, in both shapes', async () => {
  expect(await (await openAi()).json()).toMatchObject({ choices: [{ message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }], usage: { completion_tokens: expect.any(Number) } });
  expect(await (await anthropic()).json()).toMatchObject({ type: 'message', content: [{ type: 'text', text: 'hi' }], stop_reason: 'end_turn' });
}); // prettier-ignore

test('a stream ends with what real ones end with', async () => {
  models.script.push({ text: 'one two', toolCalls: [{ name: 'look', arguments: { at: 1 } }] }, { text: 'one two', finish: 'length' });
  const first = await (await openAi({ stream: true })).text();
  expect(first).toMatch(/"finish_reason":"tool_calls"[\s\S]*"usage":\{[\s\S]*data: \[DONE\]\n\n$/);
  const second = await (await anthropic({ stream: true })).text();
  expect(second).toMatch(/^event: message_start[\s\S]*"stop_reason":"max_tokens"[\s\S]*event: message_stop\n[\s\S]*\n\n$/);
});

test('it refuses, fails, breaks off and talks nonsense as it is told', async () => {
  models.key = 'right';
  expect((await openAi()).status).toBe(401);
  expect((await fetch(`${models.url}/models`, { headers: { authorization: 'Bearer right' } })).status).toBe(200);
  models.key = undefined;
  models.script.push({ status: 429, retryAfter: 7 }, { raw: 'nonsense' }, { text: 'a b c d', cutAfter: 2 });
  const busy = await openAi();
  expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '7']);
  expect(await (await openAi()).text()).toBe('nonsense');
  await expect(openAi({ stream: true }).then((answer) => answer.text())).rejects.toThrow();
  expect((await post(`${models.url}/elsewhere`, {})).status).toBe(404);
});

test('vectors are of one length and the same for the same text', async () => {
  const answer = (await (await post(`${models.url}/embeddings`, { model: 'v', input: ['a lamp', 'a lamp', 'rain'] })).json()) as {
    data: { embedding: number[] }[];
  };
  const [first, again, other] = answer.data.map(({ embedding }) => embedding);
  expect(first).toEqual(again);
  expect(first).not.toEqual(other);
  expect(new Set(answer.data.map(({ embedding }) => embedding.length)).size).toBe(1);
});
