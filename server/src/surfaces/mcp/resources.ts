import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { Actor } from '#kernel/context.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { defectOf } from '../json.ts';
import type { StreamEvent } from '../stream.ts';
import type { Ctx, Exchange, McpDeps } from './deps.ts';
import { MAX_TEXT, pageAt, pageText, pageUri, type PageOf } from './pages.ts';
import { protocolError } from './refusals.ts';
import { isOffered, resourceAt, TEMPLATES, type Template } from './templates.ts';
import type { Watched } from './watches.ts';

interface Content {
  uri: string;
  mimeType: string;
  text: string;
  _meta?: Record<string, unknown>;
}
type Output = Record<string, unknown>;

/** What a client should know before it puts a text into a context: four characters are about a token. */
const about = (text: string, operation: AnyOperation): Record<string, unknown> => ({
  size: Buffer.byteLength(text),
  estimatedTokens: Math.ceil(text.length / 4),
  classification: operation.sensitive ? 'sensitive' : 'internal',
});
const missing = (uri: string): ProtocolError => new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no resource ${uri.slice(0, 200)}`, { uri: uri.slice(0, 200) }); // prettier-ignore
/** Whether an event of the tenant is one of these, and about this thing. */
const isAbout =
  (types: readonly string[], id: string) =>
  ({ data }: StreamEvent): boolean => {
    const { type, data: told } = data as { type: string; data: { id?: unknown } };
    return types.includes(type) && typeof told.id === 'string' && told.id === id.toLowerCase();
  };
const LISTED_CHANGES = 20;
const PRIVATE = { cacheScope: 'private' as const };

/** Resources: readings of operations under addresses of their own. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createResources(deps: McpDeps) {
  const { registry, gate } = deps;

  async function run(operation: AnyOperation, input: Output, { call }: Exchange): Promise<Output> {
    // An address is percent-encoded or base64, so what is in it has not been looked at as part of the body.
    const defect = defectOf(input);
    if (defect) throw new Problem('malformed-request', `The address cannot be used: ${defect}.`);
    const passed = await gate.pass(operation, input, { ...call, envelope: {} });
    if (passed.status !== 'done') throw new Error(`${operation.name} is ${passed.status}, and no reading`);
    return (passed.output ?? {}) as Output;
  }

  const offeredTo = async (exchange: Exchange): Promise<{ actor: Actor; offered: AnyOperation[] }> => {
    const actor = await gate.actor(exchange.call);
    return { actor, offered: await gate.offered(actor) };
  };

  function contentsOf(uri: string, template: Template, operation: AnyOperation, output: Output): Content[] {
    const text = JSON.stringify(template.json?.(output) ?? output);
    const whole = { uri, mimeType: 'application/json', text: text.slice(0, MAX_TEXT), _meta: about(text, operation) };
    const next = text.length > MAX_TEXT ? { ...whole._meta, nextPage: pageUri(operation, template.input(resourceAt(uri)!.vars), 1) } : whole._meta;
    const people = template.markdown?.(output);
    return [{ ...whole, _meta: next }, ...(people === undefined ? [] : [{ uri, mimeType: 'text/markdown', text: people }])];
  }

  async function readPage(uri: string, { name, page, input }: PageOf, exchange: Exchange): Promise<{ contents: Content[]; ttlMs: number }> {
    const operation = registry.operations.get(name);
    if (!operation || operation.risk !== 'read' || operation.download || operation.hiddenFrom?.includes('mcp')) throw missing(uri);
    const whole = JSON.stringify(await run(operation, input, exchange));
    const { text, more } = pageText(whole, page);
    if (text === '' && page > 0) throw missing(uri);
    const meta = { ...about(text, operation), total: whole.length, ...(more ? { nextPage: pageUri(operation, input, page + 1) } : {}) };
    return { contents: [{ uri, mimeType: page === 0 && !more ? 'application/json' : 'text/plain', text, _meta: meta }], ttlMs: 0 };
  }

  async function read(uri: string, exchange: Exchange): Promise<{ contents: Content[]; ttlMs: number }> {
    const page = pageAt(uri);
    if (page) return readPage(uri, page, exchange);
    const found = resourceAt(uri);
    const operation = found && registry.operations.get(found.template.operation);
    if (!found || !operation) throw missing(uri);
    const output = await run(operation, found.template.input(found.vars), exchange);
    return { contents: contentsOf(uri, found.template, operation, output), ttlMs: found.template.ttlMs(output) };
  }

  const guarded = async <T>(ctx: Ctx, work: (exchange: Exchange) => Promise<T>): Promise<T> => {
    const exchange = deps.exchangeOf(ctx);
    return work(exchange).catch((error: unknown) => {
      throw protocolError(deps, exchange, error);
    });
  };

  return {
    templates: (ctx: Ctx) =>
      guarded(ctx, async (exchange) => {
        const { offered } = await offeredTo(exchange);
        const shown = TEMPLATES.filter((template) => isOffered(template, offered));
        return { resourceTemplates: shown.map(({ uri, name, description }) => ({ uriTemplate: uri, name, description, mimeType: 'application/json' })), ...PRIVATE }; // prettier-ignore
      }),
    /** What is worth looking at without being told of it: the newest Changes, and the trail. */
    list: (ctx: Ctx) =>
      guarded(ctx, async (exchange) => {
        const { offered } = await offeredTo(exchange);
        const recent = offered.some(({ name }) => name === 'audit.list') ? [{ uri: 'audit://events/recent/50', name: 'Newest audit entries', mimeType: 'application/json' }] : []; // prettier-ignore
        const changes = offered.find(({ name }) => name === 'changes.list');
        const items = changes ? ((await run(changes, { limit: LISTED_CHANGES }, exchange))['items'] as { id: string; number: string; summary: string }[]) : []; // prettier-ignore
        const listed = items.map(({ id, number, summary }) => ({ uri: `change://${id}/summary`, name: `${number}: ${summary}`, mimeType: 'application/json' })); // prettier-ignore
        return { resources: [...listed, ...recent], ttlMs: 5_000, ...PRIVATE };
      }),
    read: (uri: string, ctx: Ctx) => guarded(ctx, async (exchange) => ({ ...(await read(uri, exchange)), ...PRIVATE })),
    /** What may be watched under this address, for a caller who may read it. Throws a ProtocolError. */
    watchable: async (uri: string, exchange: Exchange): Promise<Watched> => {
      const found = resourceAt(uri);
      const operation = found?.template.watched && registry.operations.get(found.template.operation);
      if (!operation) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `${uri.slice(0, 200)} cannot be watched; change://{id}/summary can`);
      const { template, vars } = found;
      try {
        const { id } = await run(operation, template.input(vars), exchange);
        const { tenantId } = await gate.actor(exchange.call);
        if (template.watched !== 'change') return { tenantId, concerns: isAbout(template.watched!, vars['id']!) };
        // Watches are shared by address, and a number such as CHG-12 is another Change in each tenant: only the id names one.
        if (id !== vars['id']) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `A Change is watched by its id: change://${String(id)}/summary`); // prettier-ignore
        return { tenantId, changeId: String(id) };
      } catch (error) {
        throw protocolError(deps, exchange, error);
      }
    },
  };
}
export type Resources = ReturnType<typeof createResources>;
