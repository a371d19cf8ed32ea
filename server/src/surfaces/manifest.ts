import type { FastifyInstance } from 'fastify';
import type { Gate } from '#kernel/gate.ts';
import { sha256 } from '#kernel/ids.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { commandOf, routeOf, toolName, type Registry } from '#kernel/registry.ts';
import { API } from './answer.ts';
import { callOf } from './call.ts';
import { schemasOf } from './json-schema.ts';
import type { AddressGuard } from './limits.ts';

/** One operation as forms, the palette, workflow nodes and the command line read it. */
export function manifestEntry(registry: Registry, operation: AnyOperation): Record<string, unknown> {
  const { name, summary, description, permission, risk, targets, hiddenFrom = [] } = operation;
  const { method, path } = routeOf(operation);
  return {
    name,
    summary,
    description: description ?? null,
    group: registry.moduleOf(operation),
    risk,
    permission,
    method,
    path: API + path,
    tool: toolName(operation),
    command: commandOf(operation),
    ...schemasOf(operation),
    runs: operation.runs ?? 'inline',
    change: risk !== 'read' && operation.change !== 'none',
    download: operation.download !== undefined,
    targets: typeof targets === 'string' ? targets : 'resolved',
    hiddenFrom,
  };
}

interface Document {
  etag: string;
  body: string;
}

/** Quoted hash of a document: the same content has the same tag in every process. */
export const documentOf = (content: unknown): Document => {
  const body = JSON.stringify(content);
  return { etag: `"${sha256(body).slice(0, 32)}"`, body };
};

/** RFC 9110, 13.1.2: any of the tags, weakly compared. */
export const isFresh = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch !== undefined && (ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag));

/** Roles are few, so are the different documents; a rare one is built again. They have up to 4 MB each. */
const REMEMBERED = 8;

const numbers = new WeakMap<AnyOperation, number>();
let last = 0;
/** Of the operation as it is: one that a tenant has published anew under the same name has another. */
function numberOf(operation: AnyOperation): number {
  if (!numbers.has(operation)) numbers.set(operation, (last += 1));
  return numbers.get(operation)!;
}

/** Documents about sets of operations, each made once for as long as it is asked for often enough. */
export function documentsOf(make: (operations: readonly AnyOperation[]) => unknown): (operations: readonly AnyOperation[]) => Document {
  const documents = new Map<string, Document>();
  return (operations) => {
    const key = operations.map(numberOf).join();
    const document = documents.get(key) ?? documentOf(make(operations));
    // The one that was asked for longest ago stands first, and goes first.
    documents.delete(key);
    if (documents.size >= REMEMBERED) documents.delete(documents.keys().next().value!);
    documents.set(key, document);
    return document;
  };
}

/** Kept by the browser alone, and asked for again: what it holds hangs on who asks. */
export const PRIVATE = { 'Cache-Control': 'private, no-cache', Vary: 'Authorization, Cookie, X-Switchyard-Tenant' };

/** Serves what the caller may call; the document of a set of operations is built once. */
export function addManifest(
  app: FastifyInstance,
  { registry, gate, guard, version }: { registry: Registry; gate: Gate; guard: AddressGuard; version: string },
): void {
  const events = [...registry.events].map(([type, meaning]) => ({ type, meaning }));
  const documentFor = documentsOf((offered) => ({ version, operations: offered.map((operation) => manifestEntry(registry, operation)), events }));

  app.get(`${API}/manifest`, async (request, reply) => {
    const call = callOf(request);
    const actor = await guard.knowing(call, () => gate.actor(call));
    const { etag, body } = documentFor(await gate.offered(actor));
    void reply.headers({ ETag: etag, ...PRIVATE });
    return isFresh(request.headers['if-none-match'], etag) ? reply.code(304).send() : reply.type('application/json').send(body);
  });
}
