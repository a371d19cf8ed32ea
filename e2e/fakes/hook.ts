import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface Heard {
  id: string;
  timestamp: string;
  type: string;
  headers: IncomingHttpHeaders;
  body: string;
}
export interface Hook {
  url: string;
  /** All that was received, in order. */
  heard: Heard[];
  /** What it answers from now on. */
  answer: { status: number; headers?: Record<string, string>; body?: string };
  /** Whether it answers a challenge with the word that it is asked for. */
  proves: boolean;
  /** The next message of a type, however long it takes; throws after half a minute. */
  next: (type: string, from?: number) => Promise<Heard>;
  close: () => Promise<void>;
}

/** Throws unless the public Standard Webhooks library accepts the message with this secret. */
export const verify = (secret: string, { body, headers }: Heard): void => void new Webhook(secret).verify(body, headers as Record<string, string>);

/** A receiver of webhooks on loopback. */
export async function startHook(): Promise<Hook> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      const { headers } = request;
      heard.push({ id: String(headers['webhook-id']), timestamp: String(headers['webhook-timestamp']), type: typeOf(body), headers, body });
      const word = hook.proves ? challengeIn(body) : undefined;
      const {
        status,
        headers: more = {},
        body: text = '',
      } = word === undefined ? hook.answer : { status: 200, body: JSON.stringify({ challenge: word }) };
      response.writeHead(status, { 'x-receiver': 'journey', ...more }).end(text);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const hook: Hook = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/switchyard`,
    heard,
    answer: { status: 204 },
    proves: false,
    async next(type, from = 0) {
      for (const end = Date.now() + 30_000; ;) {
        const found = heard.slice(from).find((one) => one.type === type);
        if (found) return found;
        if (Date.now() > end) throw new Error(`no ${type} came; there is: ${heard.map((one) => one.type).join(', ')}`);
        await new Promise((done) => setTimeout(done, 50));
      }
    },
    async close() {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
  return hook;
}

function readIn(body: string): { type: string; data?: { challenge?: string } } {
  try {
    return JSON.parse(body) as { type: string };
  } catch {
    return { type: 'not JSON' };
  }
}
const typeOf = (body: string): string => readIn(body).type;
function challengeIn(body: string): string | undefined {
  const { type, data } = readIn(body);
  return type === 'webhook.challenge' ? data?.challenge : undefined;
}
