import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Something that was put in. */
export interface Put {
  id: string;
  vector: number[];
  fields: Record<string, unknown>;
  /** Chroma keeps the text beside the fields. */
  document?: string;
  namespace?: string;
}

export interface Asked {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}
export type Said = [status: number, body: unknown, headers?: Record<string, string>];

/** Stores of vectors as far as our product asks them. */
export interface VectorStore {
  url: string;
  /** All requests, in order. */
  asked: Asked[];
  /** What it says next, instead of an answer. */
  next: Said[];
  close: () => Promise<void>;
}

interface Wire {
  /** What it takes for a key; nothing is asked for where there is none. */
  key: string | undefined;
  keyIn: (headers: IncomingHttpHeaders) => string | undefined;
  /** What it says without the right key. */
  refusal: Said;
  answer: (asked: Asked) => Said;
}

const sent = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

/** A server on loopback that speaks as a store does. */
export async function startVectorStore({ key, keyIn, refusal, answer }: Wire): Promise<VectorStore> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const text = Buffer.concat(parts).toString('utf8');
      const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
      const asked: Asked = { method: request.method!, path: request.url!, headers: request.headers, body };
      store.asked.push(asked);
      const isKnown = key === undefined || keyIn(request.headers) === key;
      const [status, said, headers = {}] = isKnown ? (store.next.shift() ?? answer(asked)) : refusal;
      const type = typeof said === 'string' ? 'text/plain' : 'application/json';
      response.writeHead(status, { 'content-type': type, ...headers }).end(sent(said));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const store: VectorStore = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    next: [],
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return store;
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, one, at) => sum + one * b[at]!, 0);
export const squared = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, one, at) => sum + (one - b[at]!) ** 2, 0);
export const cosine = (a: readonly number[], b: readonly number[]): number => {
  const length = Math.sqrt(dot(a, a) * dot(b, b));
  return length === 0 ? 0 : dot(a, b) / length;
};
export { dot };

/** The nearest by a measure, the best first; `isFar`: small is near. */
export function nearest(all: readonly Put[], measure: (one: Put) => number, limit: number, isFar = false): { one: Put; measured: number }[] {
  const measured = all.map((one) => ({ one, measured: measure(one) }));
  return measured.sort((a, b) => (isFar ? a.measured - b.measured : b.measured - a.measured)).slice(0, limit);
}
