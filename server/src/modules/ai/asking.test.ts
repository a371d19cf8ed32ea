import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { secretsCreate } from '#modules/secrets/index.ts';
import { PRICE } from '#test/models.ts';
import {
  aiAsk, aiBudgetsGet, aiModelsDelete, aiModelsList, aiModelsUpdate, aiProvidersCheck, aiProvidersCreate, aiProvidersDelete, aiProvidersList,
  aiProvidersUpdate, aiSettingsUpdate,
} from './index.ts'; // prettier-ignore
import { aiWorld, problemOf, slugOf, TOOL, type AiWorld } from './testing.ts';

let it: AiWorld;
let world: AiWorld['world'];
let models: AiWorld['models'];
let ana: AiWorld['ana'];
let bert: AiWorld['bert'];
let providerId: AiWorld['providerId'];
let port: AiWorld['port'];
let origin: AiWorld['origin'];
let complete: AiWorld['complete'];
let used: AiWorld['used'];
beforeAll(async () => {
  ({ world, models, ana, bert, providerId, port, origin, complete, used } = it = await aiWorld());
});
afterAll(() => it.close());
beforeEach(() => it.beforeEach());

describe('who is asked', () => {
  test('the next of the fallbacks, when one is not available', async () => {
    models.script.push({ status: 500, retryAfter: 0 }, { status: 500, retryAfter: 0 }, { status: 500, retryAfter: 0 }, { text: 'from the other' });
    const answer = await complete({ model: 'lab/small', fallback: ['lab/large'] });
    expect(answer).toMatchObject({ text: 'from the other', model: 'lab/large' });
    expect(models.asked.map(({ body }) => body['model'])).toEqual(['small', 'small', 'small', 'large']);
  });

  test('a provider that wants a long pause is passed over at once', async () => {
    models.script.push({ status: 429, retryAfter: 600 });
    const problem = await problemOf(complete());
    expect(problem.extras.retryAfterSeconds).toBe(600);
    expect(models.asked).toHaveLength(1);
  });

  test('nobody without a model, and no model that is not there', async () => {
    const nobody = { origin: { ...origin(), tenantId: world.tenants.b, actor: bert.actor } };
    expect(await slugOf(complete(nobody))).toBe('ai-model-unknown');
    expect(await slugOf(complete({ model: 'lab/none' }))).toBe('ai-model-unknown');
    expect(await slugOf(complete({ model: 'lab/vectors' }))).toBe('ai-model-unknown');
    expect(await slugOf(complete({ ...nobody, model: 'lab/small' }))).toBe('ai-model-unknown');
    const none = await world.databases.tenant({ tenantId: world.tenants.b }, (db) => port.modelFor(db, world.tenants.b, 'agent'));
    expect(none).toBeUndefined();
  });

  test('nobody who is forbidden: a kind, a region, confidential content', async () => {
    await world.done(aiSettingsUpdate, { forbiddenKinds: ['compatible'] }, ana);
    expect(await slugOf(complete())).toBe('ai-forbidden');
    await world.done(aiSettingsUpdate, { forbiddenKinds: [], regions: ['eu'] }, ana);
    expect(await slugOf(complete())).toBe('ai-forbidden');
    await world.done(aiSettingsUpdate, { regions: [] }, ana);
    await world.done(aiProvidersUpdate, { id: providerId, confidential: false }, ana);
    expect(await slugOf(complete({ confidential: true }))).toBe('ai-forbidden');
    expect((await complete()).text).toBe('hello there');
    await world.done(aiProvidersUpdate, { id: providerId, confidential: true }, ana);
    expect((await complete({ confidential: true })).text).toBe('hello there');
    expect(models.asked).toHaveLength(2);
  });

  test('a model that is switched off is not, and its fallback is', async () => {
    await world.done(aiModelsUpdate, { id: 'lab/small', enabled: false }, ana);
    expect(await slugOf(complete())).toBe('ai-provider-unavailable');
    expect((await complete({ model: 'lab/small', fallback: ['lab/large'] })).model).toBe('lab/large');
    await world.done(aiModelsUpdate, { id: 'lab/small', enabled: true }, ana);
  });

  test('what is more than the model takes is refused before it is sent', async () => {
    const messages = [{ role: 'user' as const, text: 'word '.repeat(40_000) }];
    expect(await slugOf(complete({ messages }))).toBe('ai-context-too-large');
    expect(models.asked).toHaveLength(0);
  });

  test('who gives up waiting is not kept, and what was begun is paid for', async () => {
    const giving = new AbortController();
    models.script.push({ slowMs: 60_000 });
    const before = await used();
    const work = complete({ signal: giving.signal });
    await expect.poll(() => models.asked.length, { timeout: 60_000 }).toBe(1);
    giving.abort(new Error('given up'));
    await expect(work).rejects.toThrow('given up');
    expect((await used()).calls - before.calls).toBe(1);
    await expect.poll(models.open, { timeout: 60_000 }).toBe(0);
  });

  test('a provider that takes longer than it may is not waited for', async () => {
    await world.done(aiProvidersUpdate, { id: providerId, timeoutSeconds: 1 }, ana);
    models.script.push({ slowMs: 60_000 }, { text: 'soon', retryAfter: 0 });
    expect((await complete()).text).toBe('soon');
    await world.done(aiProvidersUpdate, { id: providerId, timeoutSeconds: 20 }, ana);
  });
});

describe('what is sent and what comes', () => {
  test('secrets are neither sent nor told, in whatever form, and the key is the reference’s', async () => {
    const value = 'correct-horse-battery-staple';
    await world.done(secretsCreate, { name: 'LAB_KEY', value: 'lab-key-0123456789' }, ana);
    await world.done(secretsCreate, { name: 'CANARY', value }, ana);
    await world.done(aiProvidersUpdate, { id: providerId, apiKey: 'secret://LAB_KEY' }, ana);
    models.key = 'lab-key-0123456789';
    const base64 = Buffer.from(value).toString('base64');
    models.otherwise = () => ({
      text: `as you said: ${value} ${'and so on '.repeat(30)} or ${base64}`,
      toolCalls: [{ name: TOOL.name, arguments: { name: value } }],
    });
    const pieces: string[] = [];
    const answer = await complete({
      system: `never say ${value}`,
      messages: [{ role: 'user', text: `it is ${base64}` }],
      tools: [TOOL],
      onText: (piece) => void pieces.push(piece),
    });
    models.otherwise = ({ last }) => ({ text: last });
    expect(models.asked[0]!.headers['authorization']).toBe('Bearer lab-key-0123456789');
    for (const text of [models.asked[0]!.sent, JSON.stringify(answer), pieces.join('')]) {
      expect(text).not.toContain(value);
      expect(text).not.toContain(base64);
      expect(text).toContain('[secret:CANARY]');
    }
    await world.done(aiProvidersUpdate, { id: providerId, apiKey: null }, ana);
  });

  test('JSON is read, fenced or not, and what does not fit says where', async () => {
    const output = {
      kind: 'json' as const,
      schema: { type: 'object', required: ['n'], properties: { n: { type: 'integer' } }, additionalProperties: false },
    };
    models.script.push({ json: { n: 1 } }, { text: '```json\n{"n": 2}\n```' }, { json: { n: 'x' } }, { text: 'Sure! {"n": 3' });
    expect((await complete({ output })).json).toEqual({ n: 1 });
    expect((await complete({ output })).json).toEqual({ n: 2 });
    const misfit = await complete({ output });
    expect([misfit.json, misfit.jsonFault]).toEqual([undefined, expect.stringContaining('/n')]);
    expect((await complete({ output })).jsonFault).toContain('no JSON');
    expect(models.asked[0]!.sent).toContain('additionalProperties');
    expect(models.asked[0]!.body['response_format']).toEqual({ type: 'json_object' });
  });

  test('texts become vectors of one length, alike for what is alike', async () => {
    const { vectors, model, usage } = await port.embed({
      origin: origin({ purpose: 'embedding' }),
      texts: ['red lamp', 'red lamp', 'firewall rule'],
      signal: new AbortController().signal,
    });
    expect([vectors.length, model]).toEqual([3, 'lab/vectors']);
    expect(vectors[0]).toEqual(vectors[1]);
    expect(vectors[0]).not.toEqual(vectors[2]);
    expect(usage.inputTokens).toBeGreaterThan(0);
    // Each request is set aside and settled by itself.
    const before = await used();
    const many = await port.embed({
      origin: origin({ purpose: 'embedding' }),
      texts: Array.from({ length: 100 }, (_, at) => `text ${at}`),
      signal: new AbortController().signal,
    });
    expect([many.vectors.length, (await used()).calls - before.calls]).toEqual([100, 2]);
    expect((await used()).inputTokens - before.inputTokens).toBe(many.usage.inputTokens);
  });

  test('one question by hand counts like every other', async () => {
    models.script.push({ text: 'a tag on routes', usage: { in: 1_000_000, out: 500_000 } });
    const answer = await world.done(aiAsk, { prompt: 'What is a BGP community?' }, ana);
    expect(answer).toEqual({
      text: 'a tag on routes',
      model: 'lab/small',
      finishReason: 'stop',
      usage: { inputTokens: 1_000_000, outputTokens: 500_000, cost: PRICE.input + PRICE.output / 2 },
    });
    const { items } = await world.done(aiBudgetsGet, {}, ana);
    expect(items.find(({ level, period }) => level === 'tenant' && period === 'day')).toMatchObject({
      tokens: 2_000_000,
      plan: true,
      reserved: { tokens: 0, cost: 0 },
    });
  });
});

describe('what is set up', () => {
  test('a provider is tried out: address, key, and what is not one', async () => {
    expect(await world.done(aiProvidersCheck, { id: providerId }, ana)).toMatchObject({ ok: true, models: ['small', 'large'] });
    models.key = 'another';
    expect(await world.done(aiProvidersCheck, { id: providerId }, ana)).toMatchObject({
      ok: false,
      detail: expect.stringContaining('refuses the key'),
    });
    models.key = undefined;
    await world.done(aiProvidersUpdate, { id: providerId, baseUrl: models.url.replace('/v1', '/v2') }, ana);
    expect(await world.done(aiProvidersCheck, { id: providerId }, ana)).toMatchObject({ ok: false, detail: expect.stringContaining('404') });
    await world.done(aiProvidersUpdate, { id: providerId, baseUrl: models.url }, ana);
  });

  test('a key is a secret that is there, by reference', async () => {
    expect(await slugOf(world.done(aiProvidersCreate, { kind: 'openai', name: 'openai', apiKey: 'secret://NOT_THERE' }, ana))).toBe(
      'secret-reference-missing',
    );
    expect(await slugOf(world.done(aiProvidersCreate, { kind: 'openai', name: 'openai', apiKey: 'sk-abcdefghijklmnopqrstuvwxyz' }, ana))).toBe(
      'validation-failed',
    );
    expect(await slugOf(world.done(aiProvidersCreate, { kind: 'openai', name: 'openai' }, ana))).toBe('ai-provider-invalid');
    expect(await slugOf(world.done(aiProvidersCreate, { kind: 'azure', name: 'azure', apiKey: 'secret://CANARY' }, ana))).toBe('ai-provider-invalid');
    expect(await slugOf(world.done(aiProvidersCreate, { kind: 'mock', name: 'lab' }, ana))).toBe('ai-provider-name-taken');
    for (const baseUrl of ['https://me:hush@llm.example/v1', 'https://llm.example/v1?key=hush', 'https://llm.example/v1#hush'])
      expect(await slugOf(world.done(aiProvidersCreate, { kind: 'compatible', name: 'plain', baseUrl }, ana))).toBe('ai-provider-invalid');
  });

  test('models that could be had are listed with what is missing; overrides go before the catalogue and are forgotten again', async () => {
    const { items } = await world.done(aiModelsList, {}, bert);
    expect(items.find(({ id }) => id === 'openai/gpt-5-mini')).toMatchObject({ unavailable: expect.stringContaining('is set up'), own: false });
    await world.done(aiProvidersCreate, { kind: 'anthropic', name: 'claude', baseUrl: models.anthropicUrl, apiKey: 'secret://CANARY' }, ana);
    const id = 'claude/claude-haiku-4-5';
    const price = { input: 5, output: 6 };
    expect(await world.done(aiModelsUpdate, { id, price }, ana)).toMatchObject({ price, overridden: true, own: false, unavailable: null });
    await world.done(aiModelsDelete, { id }, ana);
    expect((await world.done(aiModelsList, {}, ana)).items.find((one) => one.id === id)).toMatchObject({
      overridden: false,
      price: { input: 1_000_000, output: 5_000_000 },
    });
    expect(await slugOf(world.done(aiSettingsUpdate, { defaults: { embedding: 'lab/small' } }, ana))).toBe('ai-model-unknown');
  });

  test('the mock answers by its script, the same always, and is nobody’s default', async () => {
    const script = {
      rules: [
        { contains: 'weather', text: 'rain' },
        { turn: 1, toolCalls: [{ name: 'look', arguments: {} }] },
      ],
      otherwise: 'you said {{ prompt }}',
    };
    const { id } = await world.done(aiProvidersCreate, { kind: 'mock', name: 'play', script }, bert);
    expect(await world.databases.tenant({ tenantId: world.tenants.b }, (db) => port.modelFor(db, world.tenants.b, 'llm'))).toBeUndefined();
    const ask = (text: string) =>
      complete({ origin: { ...origin(), tenantId: world.tenants.b, actor: bert.actor }, model: 'play/scripted', messages: [{ role: 'user', text }] });
    expect([(await ask('The weather?')).text, (await ask('hi')).text, (await ask('hi')).text]).toEqual(['rain', 'you said hi', 'you said hi']);
    await world.done(aiProvidersDelete, { id }, bert);
    expect((await world.done(aiProvidersList, {}, bert)).items).toEqual([]);
    expect((await world.done(aiProvidersList, {}, ana)).items.map(({ name }) => name)).toEqual(['claude', 'lab']);
  });
});
