import type { FastifyInstance } from 'fastify';
import { PUBLISHED_PATH } from '#kernel/published.ts';
import { routesOf, type Registry } from '#kernel/registry.ts';
import { API } from './answer.ts';
import { fastifyPath } from './rest.ts';

/**
 * Below the API, but of no declared operation: what describes them, streams, which ask the Gate about the reading that they repeat, and the
 * way to operations that tenants publish, which are looked up when they are called and pass the Gate like all others.
 */
const OWN: ReadonlySet<string> = new Set([
  `${API}/events`, `${API}/changes/:id/events`, `${API}/executions/:id/events`, `${API}/executions/:id/stream`, `${API}/manifest`, `${API}/openapi.json`, fastifyPath(PUBLISHED_PATH),
]); // prettier-ignore

/**
 * From here on a route below the API that no Operation declares cannot be added: it would pass no Gate. The process does not start
 * then, since routes are added at the start only.
 */
export function requireDeclared(app: FastifyInstance, { operations }: Pick<Registry, 'operations'>): void {
  const declared = new Set([...operations.values()].flatMap(routesOf).map(({ method, path }) => `${method} ${fastifyPath(path)}`));
  app.addHook('onRoute', ({ url, method }) => {
    if (!url.startsWith(`${API}/`) || OWN.has(url)) return;
    // Fastify answers HEAD wherever there is GET.
    const undeclared = [method].flat().find((one) => !declared.has(`${one === 'HEAD' ? 'GET' : one} ${url}`));
    if (undeclared) throw new Error(`${undeclared} ${url} is declared by no operation: give it one, so that it passes the Gate`);
  });
}
