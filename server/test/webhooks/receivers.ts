import { once } from 'node:events';
import { createServer as createHttp, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import { Webhook } from 'standardwebhooks';

/** One message as a receiver has it: raw, and by the headers of Standard Webhooks. */
export interface Heard {
  id: string;
  /** Seconds. */
  timestamp: number;
  headers: IncomingHttpHeaders;
  body: string;
  path: string;
}
export interface Receiver {
  url: string;
  port: number;
  heard: Heard[];
  /** How many connections were opened to it. */
  connections: () => number;
  close: () => Promise<void>;
}
/** What it does with a message, once it has all of it. */
export type Behave = (response: ServerResponse, heard: Heard, number: number) => void;

/** Answers with a status and nothing else. */
export const answering =
  (status: number, headers: Record<string, string> = {}, body = ''): Behave =>
  (response) =>
    void response.writeHead(status, headers).end(body);

async function opened(server: Server, scheme: string, heard: Heard[]): Promise<Receiver> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${scheme}://127.0.0.1:${port}/hook`,
    port,
    heard,
    connections: () => connections,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      if (server.listening) await once(server, 'close');
    },
  };
}

/** A receiver on loopback that keeps all it hears, and then behaves. */
export function startReceiver(behave: Behave = answering(204), tls?: SecureContextOptions): Promise<Receiver> {
  const heard: Heard[] = [];
  const hear = (request: IncomingMessage, response: ServerResponse): void => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('error', () => undefined);
    request.on('end', () => {
      const { headers, url = '' } = request;
      const one: Heard = {
        id: String(headers['webhook-id']),
        timestamp: Number(headers['webhook-timestamp']),
        headers,
        body: Buffer.concat(parts).toString('utf8'),
        path: url,
      };
      heard.push(one);
      behave(response, one, heard.length);
    });
  };
  return opened(tls ? createHttps(tls, hear) : createHttp(hear), tls ? 'https' : 'http', heard);
}

/** One that speaks to the wire itself, so that it can say what no HTTP server would; called once it has heard something. */
export function startRaw(speak: (socket: Socket) => void): Promise<Receiver> {
  const heard: Heard[] = [];
  const server = createTcp((socket) => void socket.once('data', () => speak(socket)));
  return opened(server, 'http', heard);
}

/** A port of loopback at which nobody listens. */
export async function deadPort(): Promise<number> {
  const receiver = await startReceiver();
  await receiver.close();
  return receiver.port;
}

/** Whether the public library accepts a message with a secret. Throws what it says otherwise. */
export const verifiedBy = (secret: string, { headers, body }: Heard): unknown => new Webhook(secret).verify(body, headers as Record<string, string>);
