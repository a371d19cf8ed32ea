import { WebStandardStreamableHTTPServerTransport, type AuthInfo, type McpServerFactory } from '@modelcontextprotocol/server';
import { newId } from '#kernel/ids.ts';

interface Session {
  transport: WebStandardStreamableHTTPServerTransport;
  close: () => Promise<void>;
  owner: string;
  lastUsed: number;
}

export interface SessionLimits {
  idleMs: number;
  perOwner: number;
  total: number;
}

const rpcError = (status: number, code: number, message: string): Response =>
  Response.json({ jsonrpc: '2.0', id: null, error: { code, message } }, { status });

/**
 * Sessions of the 2025 revisions, in this process. A session belongs to who opened it; to anyone else it does not exist. One that
 * is gone (idle, restart, other process) answers 404, on which clients open a new one.
 */
export function createSessions(factory: McpServerFactory, limits: SessionLimits = { idleMs: 1_800_000, perOwner: 20, total: 1_000 }) {
  const sessions = new Map<string, Session>();

  const drop = async (id: string): Promise<void> => {
    const session = sessions.get(id);
    sessions.delete(id);
    await session?.close();
  };

  const sweeper = setInterval(() => {
    const limit = Date.now() - limits.idleMs;
    for (const [id, { lastUsed }] of sessions) if (lastUsed < limit) void drop(id);
  }, 60_000).unref();

  /** A full house makes room by closing what was used least recently; the map keeps that order. */
  async function makeRoom(owner: string): Promise<void> {
    const own = [...sessions].filter(([, session]) => session.owner === owner);
    if (own.length >= limits.perOwner) await drop(own[0]![0]);
    else if (sessions.size >= limits.total) await drop(sessions.keys().next().value!);
  }

  async function open(request: Request, body: unknown, authInfo: AuthInfo): Promise<Response> {
    const owner = authInfo.clientId;
    const server = await factory({ era: 'legacy', authInfo, requestInfo: request });
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: newId,
      onsessioninitialized: async (id) => {
        await makeRoom(owner);
        sessions.set(id, { transport, close: () => server.close(), owner, lastUsed: Date.now() });
      },
      onsessionclosed: (id) => void sessions.delete(id),
    });
    await server.connect(transport);
    const response = await transport.handleRequest(request, { parsedBody: body, authInfo });
    if (transport.sessionId === undefined || !sessions.has(transport.sessionId)) await server.close();
    return response;
  }

  return {
    /** Serves one request of the 2025 revisions: opens a session, or goes on with the one that its header names. */
    async serve(request: Request, body: unknown, authInfo: AuthInfo): Promise<Response> {
      const id = request.headers.get('mcp-session-id');
      if (id === null) {
        if (request.method === 'POST') return open(request, body, authInfo);
        return rpcError(400, -32000, 'This needs the Mcp-Session-Id header of an open session');
      }
      const session = sessions.get(id);
      if (!session || session.owner !== authInfo.clientId) return rpcError(404, -32004, 'There is no such session; open a new one');
      session.lastUsed = Date.now();
      sessions.delete(id);
      sessions.set(id, session);
      return session.transport.handleRequest(request, { parsedBody: body, authInfo });
    },
    count: () => sessions.size,
    async close(): Promise<void> {
      clearInterval(sweeper);
      await Promise.all([...sessions.keys()].map(drop));
    },
  };
}
