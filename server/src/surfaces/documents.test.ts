import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { problemCatalogue } from '#kernel/problem.ts';
import { toy, TOKENS, type Toy } from '#test/toy.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { documentsOf } from './manifest.ts';
import { openApi } from './openapi.ts';

/** The part of the linter that we use; it comes with openapi-typescript. */
interface Linter {
  createConfig: (config: object) => Promise<object>;
  lintFromString: (given: { source: string; config: object }) => Promise<{ message: string; location: { pointer?: string }[] }[]>;
}

interface Page {
  typeText: (schema: object) => string;
  fields: (schema: object, schemas: object) => unknown;
  example: (schema: object, schemas: object) => unknown;
}

let world: Toy;
beforeAll(async () => {
  world = await toy();
});
afterAll(() => world.app.close());

const get = (url: string, headers: Record<string, string> = {}) => world.app.inject({ url, headers: { host: 'sy.example', ...headers } });
const as = (token: string) => ({ authorization: `Bearer ${token}` });

test('documents that were asked for last are kept, eight at most', () => {
  const sets = Array.from({ length: 9 }, (_one, at) => [{ name: `lamps.n${at}` } as unknown as AnyOperation]);
  const made: string[] = [];
  const documentFor = documentsOf(([one]) => made.push(one!.name));
  for (const set of sets.slice(0, 8)) documentFor(set);
  documentFor(sets[0]!);
  expect(made).toHaveLength(8);
  for (const at of [8, 0, 1]) documentFor(sets[at]!);
  expect(made.slice(8)).toEqual(['lamps.n8', 'lamps.n1']);
});

describe('the manifest', () => {
  test('shows each caller what that caller may call', async () => {
    const names = async (token: string) =>
      (await get('/api/v1/manifest', as(token))).json<{ operations: { name: string }[] }>().operations.map(({ name }) => name);
    expect(await names(TOKENS.alice)).toContain('lamps.create');
    expect(await names(TOKENS.reader)).toEqual(['lamps.list', 'lamps.get', 'lamps.count', 'lamps.export', 'doors.close', 'changes.get']);
    expect((await get('/api/v1/manifest')).statusCode).toBe(401);
  });

  test('is not sent again when it has not changed', async () => {
    const first = await get('/api/v1/manifest', as(TOKENS.alice));
    const etag = first.headers['etag'] as string;
    const again = await get('/api/v1/manifest', { ...as(TOKENS.alice), 'if-none-match': `"x", W/${etag}` });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect((await get('/api/v1/manifest', { ...as(TOKENS.reader), 'if-none-match': etag })).statusCode).toBe(200);
  });

  test('has all that a form, a tool and a command need', async () => {
    const { operations, events } = (await get('/api/v1/manifest', as(TOKENS.alice))).json<{
      operations: Record<string, unknown>[];
      events: unknown[];
    }>();
    expect(operations.find(({ name }) => name === 'lamps.burn')).toMatchObject({
      summary: 'Burn a lamp', group: 'toys', risk: 'high', permission: 'lamps:burn', method: 'POST', path: '/api/v1/lamps/{id}/burn', tool: 'lamps_burn',
      command: ['lamps', 'burn'], runs: 'job', change: true, download: false, targets: 'none', input: { required: ['id'], additionalProperties: false },
    }); // prettier-ignore
    expect(events).toContainEqual({ type: 'lamp.created', meaning: 'A lamp exists' });
  });
});

describe('the OpenAPI document', () => {
  test('is valid, has unique operation ids and refers to nothing that is missing', async () => {
    const fromTypescript = createRequire(createRequire(new URL('../../../sdk/package.json', import.meta.url)).resolve('openapi-typescript'));
    const { lintFromString, createConfig } = fromTypescript('@redocly/openapi-core') as Linter;
    const config = await createConfig({ rules: { struct: 'error', 'no-unresolved-refs': 'error', 'operation-operationId-unique': 'error', 'path-parameters-defined': 'error', 'no-identical-paths': 'error', 'no-ambiguous-paths': 'off', 'spec-strict-refs': 'error', 'no-invalid-media-type-examples': 'error', 'security-defined': 'error' } }); // prettier-ignore
    const faults = await lintFromString({ source: JSON.stringify(openApi(world.registry, '1.0.0')), config });
    expect(faults.map(({ message, location }) => `${location[0]?.pointer}: ${message}`)).toEqual([]);
  });

  test('is public, tagged and tells what each call needs', async () => {
    const answer = await get('/api/v1/openapi.json');
    const { paths, components } = answer.json();
    expect((await get('/api/v1/openapi.json', { 'if-none-match': answer.headers['etag'] as string })).statusCode).toBe(304);
    const create = paths['/api/v1/lamps'].post;
    expect(create).toMatchObject({
      operationId: 'lamps.create',
      tags: ['toys'],
      requestBody: { required: true },
      responses: { 201: {}, 202: {}, 409: {}, 422: {} },
    });
    expect(create.responses[201].content['application/json'].schema).toMatchObject({ $ref: '#/components/schemas/Lamp' });
    expect(paths['/api/v1/doors/open'].post.security).toEqual([]);
    expect(paths['/api/v1/lamps'].get.parameters).toContainEqual(expect.objectContaining({ name: 'on', in: 'query', schema: { type: 'boolean' } }));
    expect(components.schemas.Lamp.properties.watts).toMatchObject({ type: 'integer' });
  });
});

describe('the pages', () => {
  test.each(['/docs', '/docs/reference.js', '/docs/schema.js', '/docs/reference.css'])('%s is served and names no other site', async (url) => {
    const answer = await get(url);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).not.toMatch(/https?:\/\/(?!switchyard\.dev)/);
    expect((await get(url, { 'if-none-match': answer.headers['etag'] as string })).statusCode).toBe(304);
  });

  test('a schema that leads back to itself is shown and has an example', async () => {
    const { example, fields, typeText } = (await import(new URL('./docs/schema.js', import.meta.url).href)) as Page;
    const made: string[] = [];
    vi.stubGlobal('document', { createElement: (tag: string) => (made.push(tag), { setAttribute: () => undefined, append: () => undefined }) });
    const schemas = { Value: { anyOf: [{ type: 'string' }, { type: 'array', items: { $ref: '#/components/schemas/Value' } }] }, Tree: { type: 'object', properties: { left: { $ref: '#/components/schemas/Tree' }, value: { $ref: '#/components/schemas/Value' } }, required: ['left'] } }; // prettier-ignore
    fields(schemas.Tree, schemas);
    vi.unstubAllGlobals();
    expect(made.filter((tag) => tag === 'li')).toHaveLength(2);
    expect(typeText({ $ref: '#/components/schemas/Tree' })).toBe('Tree');
    expect(JSON.stringify(example(schemas.Tree, schemas))).toMatch(/^\{"left":\{"left":/);
  });

  test('every problem has its page', async () => {
    const list = (await get('/docs/problems')).body;
    for (const [slug, { status }] of problemCatalogue()) {
      expect(list).toContain(`href="/docs/problems/${slug}"`);
      expect((await get(`/docs/problems/${slug}`)).body).toContain(`<span class="status">${status}</span>`);
    }
    expect((await get('/docs/problems/%3Cscript%3E')).statusCode).toBe(404);
  });
});
