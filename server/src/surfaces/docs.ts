import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Gate } from '#kernel/gate.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { Problem, problemCatalogue, type ProblemKind } from '#kernel/problem.ts';
import { PUBLISHED } from '#kernel/published.ts';
import type { Registry } from '#kernel/registry.ts';
import { API } from './answer.ts';
import { callOf } from './call.ts';
import type { AddressGuard } from './limits.ts';
import { documentOf, documentsOf, isFresh, PRIVATE } from './manifest.ts';
import { openApi } from './openapi.ts';

const FILES = {
  'index.html': 'text/html; charset=utf-8',
  'reference.js': 'text/javascript; charset=utf-8',
  'schema.js': 'text/javascript; charset=utf-8',
  'reference.css': 'text/css; charset=utf-8',
} as const;

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
const inline = (text: string): string => escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>');

const page = (title: string, main: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)} · Switchyard</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/docs/reference.css"></head>
<body class="plain"><header class="top"><a class="brand" href="/docs">Switchyard <span>reference</span></a><nav><a href="/docs">Operations</a><a href="/docs/problems" aria-current="page">Problems</a></nav></header>
<main>${main}</main></body>
</html>
`;

const problemPage = (slug: string, { status, title, meaning, remedy }: ProblemKind): string =>
  page(title, `<p class="crumb"><a href="/docs/problems">Problems</a></p><h1>${escapeHtml(title)}</h1><p><code>${slug}</code> <span class="status">${status}</span></p><h2>What it means</h2><p>${inline(meaning)}</p><h2>What to do</h2><p>${inline(remedy)}</p>`); // prettier-ignore

function problemsPage(): string {
  const rows = [...problemCatalogue()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([slug, { status, title, meaning }]) => `<tr><td><a href="/docs/problems/${slug}"><code>${slug}</code></a></td><td><span class="status">${status}</span></td><td>${escapeHtml(title)}</td><td>${inline(meaning)}</td></tr>`); // prettier-ignore
  return page('Problems', `<h1>Problems</h1><p>Every refusal and failure is one of these, on every surface (RFC 9457).</p><div class="scroll"><table><thead><tr><th>Slug</th><th>Status</th><th>Title</th><th>Meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`); // prettier-ignore
}

interface DocsOptions {
  registry: Registry;
  gate: Gate;
  guard: AddressGuard;
  version: string;
}

/** What the caller's tenant has published and the caller may call; nothing for strangers, and for those whose credential is not good any more. */
async function publishedFor({ gate, guard }: DocsOptions, request: FastifyRequest): Promise<AnyOperation[]> {
  const call = callOf(request);
  if (call.credentials === null) return [];
  try {
    const actor = await guard.knowing(call, () => gate.actor(call));
    return (await gate.offered(actor)).filter(({ name }) => name.startsWith(PUBLISHED));
  } catch (error) {
    if (error instanceof Problem && error.kind.status < 500) return [];
    throw error;
  }
}

/** The OpenAPI document, the page that makes it readable, and a page for each problem. All of it is public; only what a tenant has published is told to its own. */
export async function addDocs(app: FastifyInstance, options: DocsOptions): Promise<void> {
  const documentFor = documentsOf((published) => openApi(options.registry, options.version, published));
  app.get(`${API}/openapi.json`, async (request, reply) => {
    const { etag, body } = documentFor(await publishedFor(options, request));
    void reply.headers({ ETag: etag, ...PRIVATE });
    return isFresh(request.headers['if-none-match'], etag) ? reply.code(304).send() : reply.type('application/json').send(body);
  });

  for (const [name, type] of Object.entries(FILES)) {
    const body = readFileSync(new URL(`./docs/${name}`, import.meta.url), 'utf8');
    const { etag } = documentOf(body);
    const url = name === 'index.html' ? '/docs' : `/docs/${name}`;
    app.get(url, async (request, reply) => {
      void reply.headers({ ETag: etag, 'Cache-Control': 'no-cache' });
      return isFresh(request.headers['if-none-match'], etag) ? reply.code(304).send() : reply.type(type).send(body);
    });
  }

  app.get('/docs/problems', async (_request, reply) => reply.type('text/html; charset=utf-8').send(problemsPage()));
  app.get<{ Params: { slug: string } }>('/docs/problems/:slug', async ({ params: { slug } }, reply) => {
    const kind = problemCatalogue().get(slug);
    if (!kind) throw new Problem('route-not-found', `There is no problem "${slug.slice(0, 100)}". The list is at /docs/problems.`);
    return reply.type('text/html; charset=utf-8').send(problemPage(slug, kind));
  });
}
