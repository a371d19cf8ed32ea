import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#kernel/problem.ts';

/** Paths that belong to programs: never answered with the web application. */
const FOR_PROGRAMS = /^\/(api|mcp|hooks|docs|health|livez|readyz|metrics|\.well-known)(\/|$)/;

const matcher = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/::/g, '\0')
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replace(/:\w+/g, '[^/]+')
      .replaceAll('\0', ':')}$`,
  );

export type Allowed = (path: string) => string[];

/** Answers which methods a path has, from the routes as they are added after it. */
export function watchRoutes(app: FastifyInstance): Allowed {
  const table: { match: RegExp; methods: readonly string[] }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    if (!url.includes('*')) table.push({ match: matcher(url), methods: [method].flat() });
  });
  return (path) => [...new Set(table.filter(({ match }) => match.test(path)).flatMap(({ methods }) => methods))].sort();
}

const wantsPage = (request: FastifyRequest): boolean =>
  (request.method === 'GET' || request.method === 'HEAD') && (request.headers.accept ?? '').includes('text/html');

/** What the build calls a file: in no folder, and not hidden. */
const ASSET = /^\/[\w-][\w.-]*$/;

/** Sent with this Cache-Control, and perhaps otherwise to whoever takes packed files. */
const kept = (value: string) => ({
  cacheControl: false,
  setHeaders(reply: { setHeader: (name: string, value: string) => unknown }) {
    reply.setHeader('Cache-Control', value);
    reply.setHeader('Vary', 'Accept-Encoding');
  },
});

/** Static files of the web application, its one page for every address of its own, and a problem for all the rest. */
export async function addNotFound(app: FastifyInstance, allowed: Allowed, webRoot?: string): Promise<void> {
  const page = webRoot !== undefined && existsSync(join(webRoot, 'index.html'));
  if (page) {
    // By name, so that every other address is the application's; the page names the others, so it must not be kept.
    await app.register(fastifyStatic, { ...kept('no-cache'), root: webRoot, wildcard: false, globIgnore: ['assets/**'] });
    // Built files carry a hash in their name, so they never change. By one route: one for each of some hundred took a tenth of a start.
    await app.register(fastifyStatic, {
      ...kept('public, max-age=31536000, immutable'),
      root: join(webRoot, 'assets'),
      prefix: '/assets/',
      decorateReply: false,
      // The build lays each beside itself, packed: a first visit takes a third of the bytes.
      preCompressed: true,
      allowedPath: (path) => ASSET.test(path),
    });
  }
  app.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?')[0]!;
    const methods = allowed(path);
    if (methods.length > 0) void reply.header('Allow', ['OPTIONS', ...methods].join(', '));
    if (methods.length > 0 && request.method === 'OPTIONS') return reply.code(204).send();
    if (methods.length > 0)
      throw new Problem(
        'method-not-allowed',
        `${request.method} is not possible here; ${methods.join(', ')} ${methods.length === 1 ? 'is' : 'are'}.`,
      );
    if (page && !FOR_PROGRAMS.test(path) && wantsPage(request)) return reply.sendFile('index.html');
    throw new Problem('route-not-found', `Nothing is served at ${request.method} ${path.slice(0, 200)}. The reference is at /docs.`);
  });
}
