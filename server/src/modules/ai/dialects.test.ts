import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { secretsCreate } from '#modules/secrets/index.ts';
import { aiProvidersCreate } from './index.ts';
import { aiWorld, problemOf, slugOf, TOOL, type AiWorld } from './testing.ts';

let it: AiWorld;
let world: AiWorld['world'];
let models: AiWorld['models'];
let ana: AiWorld['ana'];
let complete: AiWorld['complete'];
let used: AiWorld['used'];
beforeAll(async () => {
  ({ world, models, ana, complete, used } = it = await aiWorld());
});
afterAll(() => it.close());
beforeEach(() => it.beforeEach());

describe.each(['compatible', 'anthropic'] as const)('a provider that speaks as %s', (kind) => {
  const model = kind === 'anthropic' ? 'claude/claude-haiku-4-5' : 'lab/small';
  beforeAll(async () => {
    if (kind === 'compatible') return;
    await world.done(secretsCreate, { name: 'CLAUDE_KEY', value: 'claude-key-0123456789' }, ana);
    await world.done(aiProvidersCreate, { kind, name: 'claude', baseUrl: models.anthropicUrl, apiKey: 'secret://CLAUDE_KEY' }, ana);
  });

  test('answers in pieces that make up the whole, and what it took is counted', async () => {
    const text = `Each word ${'comes by itself and is told as it comes '.repeat(8)}`;
    models.script.push({ text, usage: { in: 120, out: 30 } });
    const pieces: string[] = [];
    const before = await used();
    const answer = await complete({ model, system: 'Be brief.', onText: (piece) => void pieces.push(piece) });
    expect(answer).toMatchObject({ text, model, finishReason: 'stop', toolCalls: [] });
    expect(answer.usage).toMatchObject({ inputTokens: 120, outputTokens: 30 });
    expect(answer.usage.cost).toBeGreaterThan(0);
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.join('')).toBe(text);
    const after = await used();
    expect([after.inputTokens - before.inputTokens, after.outputTokens - before.outputTokens, after.calls - before.calls]).toEqual([120, 30, 1]);
    expect(models.asked[0]!.sent).toContain('Be brief.');
  });

  test('calls tools, is told what they gave, and goes on', async () => {
    models.script.push(
      { text: 'Let me see.', toolCalls: [{ name: TOOL.name, arguments: { name: 'web-1' }, id: 'toolu_1' }] },
      { text: 'It is there.' },
    );
    const first = await complete({ model, tools: [TOOL] });
    expect(first).toMatchObject({ finishReason: 'tool-calls', toolCalls: [{ id: 'toolu_1', name: TOOL.name, arguments: { name: 'web-1' } }] });
    const second = await complete({
      model,
      tools: [TOOL],
      messages: [
        { role: 'user', text: 'is web-1 there?' },
        { role: 'assistant', text: first.text, toolCalls: first.toolCalls },
        { role: 'tool', callId: 'toolu_1', name: TOOL.name, text: '{"found":1}' },
      ],
    });
    expect(second.text).toBe('It is there.');
    expect(models.asked[1]!.sent).toContain('found');
    expect(models.asked[1]!.sent).toContain('toolu_1');
  });

  test('arguments that are no JSON come as the text that they are', async () => {
    models.script.push({ toolCalls: [{ name: TOOL.name, arguments: '{"name": web-1' }] });
    const { toolCalls } = await complete({ model, tools: [TOOL] });
    expect(toolCalls).toMatchObject([{ name: TOOL.name, arguments: '{"name": web-1' }]);
  });

  test('a key that is refused is said so, and nothing is paid', async () => {
    models.key = 'another-key';
    const before = await used();
    const problem = await problemOf(complete({ model }));
    expect([problem.slug, problem.message]).toEqual(['ai-provider-unavailable', expect.stringContaining('refuses the key')]);
    expect(await used()).toEqual(before);
    expect(JSON.stringify(problem)).not.toContain('claude-key-0123456789');
  });

  test('load passes: it is asked again after the pause that it asked for', async () => {
    models.script.push({ status: 429, retryAfter: 0 }, { status: 503, retryAfter: 0 }, { text: 'now' });
    expect((await complete({ model })).text).toBe('now');
    expect(models.asked).toHaveLength(3);
  });

  test('a stream that breaks off is paid for by what came of it, and asked anew', async () => {
    models.script.push(
      { text: 'half of what was to be said', cutAfter: 5, usage: { in: 50, out: 10 } },
      { text: 'all of it', usage: { in: 50, out: 3 } },
    );
    const before = await used();
    const { text, usage } = await complete({ model });
    expect(text).toBe('all of it');
    expect(usage.inputTokens).toBeGreaterThan(50);
    const after = await used();
    expect([after.calls - before.calls, after.inputTokens - before.inputTokens]).toEqual([2, usage.inputTokens]);
  });

  test('one that merely stops, or brings an error within, is no answer', async () => {
    models.script.push({ text: 'one two three', stopAfter: 3 }, { text: 'one', streamError: 'overloaded' }, { text: 'whole' });
    expect((await complete({ model })).text).toBe('whole');
    expect(models.asked).toHaveLength(3);
  });

  test('an answer that is none is asked for again, and then it is not available', async () => {
    const before = await used();
    models.script.push({ raw: '<html>' }, { raw: '{"choices": 7}' }, { raw: '' });
    expect(await slugOf(complete({ model }))).toBe('ai-provider-unavailable');
    expect(models.asked).toHaveLength(3);
    // Whoever says yes has begun to work.
    expect((await used()).calls - before.calls).toBe(3);
  });

  test('much more than was asked for is no answer, in words or in calls, and is not kept', async () => {
    const long = 'x'.repeat(20_000);
    models.script.push({ text: long }, { toolCalls: [{ name: TOOL.name, arguments: { name: long } }] });
    expect(await slugOf(complete({ model, tools: [TOOL] }))).toBe('ai-request-refused');
    expect(await slugOf(complete({ model, tools: [TOOL] }))).toBe('ai-request-refused');
    expect(models.asked).toHaveLength(2);
  });

  test('what it does not take is said in its words', async () => {
    models.script.push({ status: 400, message: 'stop: too many sequences' });
    const problem = await problemOf(complete({ model }));
    expect([problem.slug, problem.message]).toEqual(['ai-request-refused', expect.stringContaining('too many sequences')]);
    models.script.push({ status: 400, message: "This model's maximum context length is 32000 tokens" });
    expect(await slugOf(complete({ model }))).toBe('ai-context-too-large');
  });
});
