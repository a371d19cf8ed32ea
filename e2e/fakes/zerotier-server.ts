import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  method: string;
  path: string;
  body: unknown;
}
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** Sent as it is, in place of `body`. */
  text?: string;
}
export type Fields = Record<string, unknown>;

export const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {});

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const part of request) text += String(part);
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** What both emulators have in common: they answer JSON, keep what they were asked, and can be made to fail. */
export function listening(answer: (asked: Asked, request: IncomingMessage) => Answer) {
  const asked: Asked[] = [];
  /** Answers that the next requests get instead. */
  const forced: Answer[] = [];
  let server: Server | undefined;
  let port = 0;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const one = { method: request.method ?? 'GET', path: request.url ?? '/', body: await bodyOf(request) };
    asked.push(one);
    const { status, body: said, text, headers } = forced.shift() ?? answer(one, request);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text ?? (said === undefined ? '' : JSON.stringify(said)));
  }

  const start = async (): Promise<void> => {
    if (server) return;
    server = createServer((request, response) => void serve(request, response));
    await new Promise<void>((done) => server!.listen(port, '127.0.0.1', done));
    port = (server.address() as AddressInfo).port;
  };
  const stop = (): Promise<void> =>
    new Promise((done) => {
      if (!server) return done();
      const closing = server;
      server = undefined;
      closing.close(() => done());
      closing.closeAllConnections();
    });
  return { asked, forced, start, stop, origin: () => `http://127.0.0.1:${port}`, isUp: () => server !== undefined };
}
