import type { AddressInfo } from 'node:net';
import { createApp, MODULES } from '../../server/src/app.ts';
import { loadConfig } from '../../server/src/kernel/config.ts';
import { createLog } from '../../server/src/kernel/log.ts';
import type { Module } from '../../server/src/kernel/module.ts';
import type { AnyOperation } from '../../server/src/kernel/operation.ts';
import { ensureSystemRoles } from '../../server/src/modules/access/roles.ts';
import { withDatabase } from './lib/database.ts';
import { atMost, note, quantile } from './lib/figures.ts';
import { seedCaller } from './lib/people.ts';
import { environment } from './lib/process.ts';

const TOOLS = 300;
const CALLS = 100;

/** Our own operations again under other names, until there are as many as the product will have. */
function withCopies(): void {
  const tools = MODULES.flatMap(({ operations }) => operations).filter(
    ({ hiddenFrom, access }) => !hiddenFrom?.includes('mcp') && access !== 'public',
  );
  // Those whose routes follow from their names have no other that a copy could take.
  const sources = tools.filter(({ access, route, aliases }) => access === undefined && route === undefined && aliases === undefined);
  const copies = Array.from({ length: TOOLS - tools.length }, (_, n): AnyOperation => {
    const source = sources[n % sources.length]!;
    const round = String.fromCharCode(97 + Math.floor(n / sources.length));
    return { ...source, name: `copy${round}.${source.name}` };
  });
  note('tools of our own among them', tools.length, 'tools');
  (MODULES as Module[]).push({ name: 'copies', operations: copies });
}

/** One JSON-RPC call over Streamable HTTP. Answers the milliseconds until the last byte, and what came. */
async function call(url: string, headers: Record<string, string>, body: object): Promise<{ ms: number; text: string; session: string | null }> {
  const from = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', ...body }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text.slice(0, 300)}`);
  return { ms: performance.now() - from, text, session: response.headers.get('mcp-session-id') };
}

await withDatabase(async (bench) => {
  withCopies();
  const { apiKey } = await seedCaller(bench);
  const app = await createApp({
    config: loadConfig(environment(bench)),
    databaseUrl: bench.url,
    log: createLog('warn'),
    version: 'bench',
    works: false,
  });
  await ensureSystemRoles(app.core.databases, app.core.registry);
  await app.http.app.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(app.http.app.server.address() as AddressInfo).port}/mcp`;
  const headers = { Authorization: `Bearer ${apiKey}`, 'MCP-Protocol-Version': '2025-11-25' };
  const hello = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1' } };
  const { session } = await call(url, headers, { id: 1, method: 'initialize', params: hello });
  const within = { ...headers, 'Mcp-Session-Id': session! };
  await call(url, within, { method: 'notifications/initialized' });
  const times: number[] = [];
  for (let n = 0; n < CALLS + 20; n++) {
    const { ms, text } = await call(url, within, { id: n + 2, method: 'tools/list' });
    const found = text.split('"inputSchema"').length - 1;
    if (found !== TOOLS) throw new Error(`${found} tools instead of ${TOOLS}`);
    if (n >= 20) times.push(ms);
    if (n === 20) note('tools/list of 300 tools, size', text.length / 1_024, 'KiB');
  }
  await app.http.app.close();
  await app.core.stop(1_000);
  atMost('tools/list of 300 tools, p50', quantile(times, 0.5), 'ms', 20);
  note('tools/list of 300 tools, p99', quantile(times, 0.99), 'ms');
});
