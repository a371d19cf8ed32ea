import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Client, StreamableHTTPClientTransport, type OAuthClientProvider } from '@modelcontextprotocol/client';

/** A program on a person's computer that speaks MCP: it opens a browser to be let in, and hears the answer on a port of its own. */
export async function startAgent(name: string, endpoint: string) {
  let heard: URL | undefined;
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://127.0.0.1');
    // A browser also asks for an icon.
    if (asked.pathname === '/callback') heard = asked;
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<!doctype html><html lang="en"><title>Connected</title><main><h1>Back in the program</h1></main></html>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const callback = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;

  let information: unknown;
  let tokens: unknown;
  let verifier = '';
  let asks: URL | undefined;
  const provider: OAuthClientProvider = {
    redirectUrl: callback,
    clientMetadata: {
      client_name: name,
      redirect_uris: [callback],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
    state: () => 'of-this-journey',
    clientInformation: () => information as never,
    saveClientInformation: (made) => void (information = made),
    tokens: () => tokens as never,
    saveTokens: (made) => void (tokens = made),
    redirectToAuthorization: (url) => void (asks = url),
    saveCodeVerifier: (made) => void (verifier = made),
    codeVerifier: () => verifier,
    invalidateCredentials: () => void (tokens = undefined),
  };
  const transport = () => new StreamableHTTPClientTransport(new URL(endpoint), { authProvider: provider });
  const first = transport();
  let client: Client | undefined;

  return {
    callback,
    /** Tries to come in, and answers the address that it opens in the browser. */
    async begin(): Promise<string> {
      await new Client({ name, version: '1.0.0' }).connect(first).catch(() => undefined);
      if (!asks) throw new Error('the agent was let in without asking anybody');
      return asks.href;
    },
    /** With what the browser came back with. */
    async finish(): Promise<URLSearchParams> {
      if (!heard) throw new Error('the browser has not come back');
      await first.finishAuth(heard.searchParams);
      client = new Client({ name, version: '1.0.0' });
      await client.connect(transport());
      return heard.searchParams;
    },
    tools: async (): Promise<string[]> => (await client!.listTools()).tools.map((tool) => tool.name),
    // oxlint-disable-next-line typescript/no-explicit-any -- results are read field by field
    async call(tool: string, args: Record<string, unknown> = {}): Promise<any> {
      const { structuredContent, isError } = await client!.callTool({ name: tool, arguments: args });
      return { refused: isError === true, ...(structuredContent as object) };
    },
    /** The token that it has, for what the official client would not do with it. */
    token: (): string => (tokens as { access_token: string }).access_token,
    async close(): Promise<void> {
      await client?.close().catch(() => undefined);
      server.close();
      await once(server, 'close');
    },
  };
}
export type Agent = Awaited<ReturnType<typeof startAgent>>;
