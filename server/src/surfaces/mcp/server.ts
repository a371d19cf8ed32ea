import { McpServer, type McpRequestContext } from '@modelcontextprotocol/server';
import { createAsking } from './asking.ts';
import { createTools } from './calls.ts';
import { createCompletion } from './completion.ts';
import type { McpDeps } from './deps.ts';
import { createPrompts } from './prompts.ts';
import { protocolError } from './refusals.ts';
import { createResources, type Resources } from './resources.ts';
import type { Watches } from './watches.ts';

const INSTRUCTIONS = `Switchyard governs changes to infrastructure. Tools are operations; those you may not call are not listed. operations_search finds one by words.
A call that changes something leaves a Change (CHG-…). Read its plan first: dryRun true answers with the plan and does nothing; tools of high risk do so by default and act only with dryRun false.
status "planned": nothing was done. status "accepted": the Change waits for approval or for its job; follow it with changes_get or watch change://{id}/summary. An approval is always given by someone else, in person.
Errors carry a problem with slug, detail and fields: correct the input, or tell the person what is missing.`;

const USUAL = { ttlMs: 300_000, cacheScope: 'private' } as const;

/** Watching in a session of the 2025 revisions: what it watches ends with it. */
function addSubscriptions(mcp: McpServer, deps: McpDeps, resources: Resources, watches: Watches): void {
  const watched = new Map<string, () => void>();
  let hasEnded = false;
  const forget = (uri: string): void => {
    watched.get(uri)?.();
    watched.delete(uri);
  };
  mcp.server.setRequestHandler('resources/subscribe', async ({ params: { uri } }, ctx) => {
    const exchange = deps.exchangeOf(ctx);
    const what = await resources.watchable(uri, exchange);
    const tell = (): void => void mcp.server.sendResourceUpdated({ uri }).catch(() => undefined);
    const stop = await watches.watch(uri, what, tell).catch((error: unknown) => {
      throw protocolError(deps, exchange, error);
    });
    forget(uri);
    if (hasEnded) stop();
    else watched.set(uri, stop);
    return {};
  });
  mcp.server.setRequestHandler('resources/unsubscribe', ({ params: { uri } }) => {
    forget(uri);
    return {};
  });
  mcp.server.onclose = () => {
    hasEnded = true;
    for (const uri of watched.keys()) forget(uri);
  };
}

/** A server for one request (2026-07-28) or one session (2025). */
export function productServer(deps: McpDeps, watches: Watches): (ctx: McpRequestContext) => McpServer {
  const asking = createAsking(deps.stateKey, deps.publicUrl);
  const tools = createTools(deps, asking);
  const resources = createResources(deps);
  const prompts = createPrompts(deps);
  const complete = createCompletion(deps);
  return ({ era }) => {
    const mcp = new McpServer(
      { name: 'switchyard', title: 'Switchyard', version: deps.version },
      {
        capabilities: { tools: {}, resources: { subscribe: true }, prompts: {}, completions: {} },
        instructions: INSTRUCTIONS,
        cacheHints: { 'tools/list': USUAL, 'prompts/list': USUAL, 'resources/templates/list': USUAL },
        requestState: asking.requestState,
      },
    );
    mcp.server.setRequestHandler('tools/list', (_request, ctx) => tools.list(ctx));
    mcp.server.setRequestHandler('tools/call', ({ params }, ctx) => tools.call(mcp, params, ctx));
    mcp.server.setRequestHandler('resources/list', (_request, ctx) => resources.list(ctx));
    mcp.server.setRequestHandler('resources/templates/list', (_request, ctx) => resources.templates(ctx));
    mcp.server.setRequestHandler('resources/read', ({ params }, ctx) => resources.read(params.uri, ctx));
    mcp.server.setRequestHandler('prompts/list', (_request, ctx) => prompts.list(ctx));
    mcp.server.setRequestHandler('prompts/get', ({ params }, ctx) => prompts.get(params, ctx));
    mcp.server.setRequestHandler('completion/complete', ({ params }, ctx) => complete(params, ctx));
    if (era === 'legacy') addSubscriptions(mcp, deps, resources, watches);
    return mcp;
  };
}
