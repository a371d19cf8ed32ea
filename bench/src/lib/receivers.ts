import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from './process.ts';

interface Came {
  id: string;
  /** Milliseconds from just before the commit. */
  delay: number;
}
export interface Receivers {
  /** Address of a receiver that answers at once. */
  fast: (name: string) => string;
  /** One that is down, in one way or another. */
  down: (way: number, name: string) => string;
  heard: (name: string) => readonly Came[];
  /** Of all that are fast. */
  count: () => number;
  close: () => Promise<void>;
}

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));

/** Receivers of webhooks on loopback, in this process; what comes says when it was announced (`data.at`). */
export async function startReceivers(): Promise<Receivers> {
  const came = new Map<string, Came[]>();
  let count = 0;
  const fast = createServer((request, response) => {
    const now = Date.now();
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      response.writeHead(204).end();
      const { at } = (JSON.parse(body) as { data: { at: number } }).data;
      const name = request.url!.slice(1);
      const one = { id: String(request.headers['webhook-id']), delay: now - at };
      const list = came.get(name);
      if (list) list.push(one);
      else came.set(name, [one]);
      count += 1;
    });
  });
  fast.keepAliveTimeout = 60_000;
  const failing = createServer((request, response) => void request.resume().on('end', () => response.writeHead(500).end()));
  const hanging = createServer((request) => void request.resume());
  const ports = [await listening(fast), await freePort(), await listening(hanging), await listening(failing)] as const;
  const [good, ...bad] = ports;
  return {
    fast: (name) => `http://127.0.0.1:${good}/${name}`,
    down: (way, name) => `http://127.0.0.1:${bad[way % bad.length]}/${name}`,
    heard: (name) => came.get(name) ?? [],
    count: () => count,
    async close() {
      for (const server of [fast, failing, hanging]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}
