import { createInterface } from 'node:readline';
import { EXIT, UsageError } from './exit.ts';
import { note, type Io } from './io.ts';
import { serverSent } from './sse.ts';
import type { Target } from './target.ts';

interface Message {
  jsonrpc: '2.0';
  id?: string | number;
  method?: string;
  params?: { name?: string; uri?: string; _meta?: Record<string, unknown>; protocolVersion?: string };
  result?: { protocolVersion?: string };
}

const VERSION_KEY = 'io.modelcontextprotocol/protocolVersion';

interface Session {
  id: string;
  version: string;
  /** What opened it. */
  initialize: Message;
}

/** The HTTP half: one request a message, within the session that the server may have opened. */
function createPeer(io: Io, target: Target) {
  const url = `${target.url}/mcp${target.tenant ? `/${encodeURIComponent(target.tenant)}` : ''}`;
  let session: Session | undefined;

  /** A 2026 request says in headers what it says in its body; a 2025 one names its session. */
  function headersOf({ method, params }: Message): Record<string, string> {
    const version = params?._meta?.[VERSION_KEY];
    const modern =
      typeof version === 'string' ? { 'MCP-Protocol-Version': version, ...(method ? { 'Mcp-Method': method } : {}), ...nameOf(params) } : undefined;
    const legacy = session && method !== 'initialize' ? { 'Mcp-Session-Id': session.id, 'MCP-Protocol-Version': session.version } : {};
    return {
      Authorization: `Bearer ${target.token}`,
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      ...(modern ?? legacy),
    };
  }

  const post = (message: Message): Promise<Response> =>
    io.fetch(url, { method: 'POST', headers: headersOf(message), body: JSON.stringify(message), signal: io.signal, redirect: 'error' });

  async function receive(request: Message, response: Response, hear: (message: Message) => void): Promise<void> {
    const id = response.headers.get('mcp-session-id');
    const each = (message: Message): void => {
      if (request.method === 'initialize' && id) session = { id, version: message.result?.protocolVersion ?? '2025-11-25', initialize: request };
      hear(message);
    };
    if (response.headers.get('content-type')?.includes('text/event-stream')) {
      for await (const { data } of serverSent(response.body!)) if (data) each(JSON.parse(data) as Message);
      return;
    }
    const text = await response.text();
    // A request that was refused as a whole is answered without its id.
    if (text) each({ ...(JSON.parse(text) as Message), ...(response.ok || request.id === undefined ? {} : { id: request.id }) });
  }

  /** The server has forgotten the session (it was restarted): opens another one as the agent opened the first. */
  async function reopen({ initialize }: Session): Promise<void> {
    session = undefined;
    await receive(initialize, await post(initialize), () => undefined);
    await (await post({ jsonrpc: '2.0', method: 'notifications/initialized' })).body?.cancel();
  }

  return {
    async pass(message: Message, hear: (answer: Message) => void): Promise<void> {
      let response = await post(message);
      if (response.status === 404 && session) {
        await response.body?.cancel();
        await reopen(session);
        response = await post(message);
      }
      await receive(message, response, hear);
    },
    async close(): Promise<void> {
      if (session) await io.fetch(url, { method: 'DELETE', headers: headersOf({ jsonrpc: '2.0' }) }).catch(() => undefined);
    },
  };
}

/**
 * MCP between an agent's standard input and output and a server's Streamable HTTP: each line is one message. Nothing is understood
 * on the way but what the transport itself needs, so both protocol revisions pass.
 */
export async function bridge(io: Io, target: Target): Promise<number> {
  if (!target.token) throw new UsageError('mcp needs a credential: sign in with switchyard login, or set SWITCHYARD_API_KEY');
  const peer = createPeer(io, target);
  const open = new Set<Promise<void>>();
  const write = (message: unknown): void => void io.stdout.write(`${JSON.stringify(message)}\n`);

  const pass = async (message: Message): Promise<void> => {
    try {
      await peer.pass(message, write);
    } catch (error) {
      if (io.signal.aborted) return;
      note(io, `switchyard mcp: ${(error as Error).message}`);
      if (message.id !== undefined && message.method)
        write({ jsonrpc: '2.0', id: message.id, error: { code: -32000, message: `${target.url} does not answer` } });
    }
  };

  for await (const text of createInterface({ input: io.stdin, crlfDelay: Infinity })) {
    if (text.trim() === '') continue;
    const message = parsed(text);
    if (!message) {
      write({ jsonrpc: '2.0', id: null, error: { code: -32700, message: 'Not a JSON-RPC message' } });
      continue;
    }
    const passing = pass(message).finally(() => open.delete(passing));
    open.add(passing);
    // What follows depends on the session that this opens.
    if (message.method === 'initialize' || message.id === undefined) await passing;
  }
  await Promise.all(open);
  await peer.close();
  return EXIT.ok;
}

const nameOf = (params: Message['params']): Record<string, string> => {
  const name = params?.name ?? params?.uri;
  return typeof name === 'string' ? { 'Mcp-Name': name } : {};
};

function parsed(text: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Message) : undefined;
  } catch {
    return undefined;
  }
}
