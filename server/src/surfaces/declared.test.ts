import Fastify from 'fastify';
import { describe, expect, test } from 'vitest';
import '#kernel/problems.ts';
import { createRegistry, routesOf } from '#kernel/registry.ts';
import { lampModule } from '#test/lamps.ts';
import { toy } from '#test/toy.ts';
import { API } from './answer.ts';
import { requireDeclared } from './declared.ts';
import { fastifyPath } from './rest.ts';

describe('routes', () => {
  test('platform 66: Given the registry, when started with a route that no Operation declares, then the process refuses to start', () => {
    const registry = createRegistry([lampModule]);
    const app = Fastify();
    requireDeclared(app, registry);
    for (const { method, path } of [...registry.operations.values()].flatMap(routesOf))
      app.route({ method, url: fastifyPath(path), handler: async () => 'ok' });
    for (const url of [`${API}/events`, '/health', '/mcp']) app.get(url, async () => 'ok');
    expect(() => app.get(`${API}/backdoor`, async () => 'ok')).toThrow('GET /api/v1/backdoor is declared by no operation');
    expect(() => app.delete(`${API}/lamps/:id`, async () => 'ok')).toThrow('DELETE /api/v1/lamps/:id is declared by no operation');
    expect(() => app.post(`${API}/manifest/edit`, async () => 'ok')).toThrow(/no operation/);
  });

  test('platform 66: the server of the product is built with that check, so one more route by hand ends its start', async () => {
    const { app } = await toy();
    expect(() => app.get(`${API}/backdoor`, async () => 'ok')).toThrow('GET /api/v1/backdoor is declared by no operation');
    expect(() => app.register(async (inner) => void inner.put(`${API}/lamps/:id/backdoor`, async () => 'ok'))).not.toThrow();
    await expect(app.listen({ host: '127.0.0.1', port: 0 })).rejects.toThrow('PUT /api/v1/lamps/:id/backdoor is declared by no operation');
    expect(app.server.listening).toBe(false);
  });
});
