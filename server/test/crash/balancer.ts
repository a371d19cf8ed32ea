import { Agent, createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 250;
const LOOK_DEADLINE_MS = 2_000;

interface Backend {
  port: number;
  ready: boolean;
  agent: Agent;
}

export interface Balancer {
  url: string;
  /** Ports of those that get calls now. */
  ready: () => number[];
  /** Calls that each has been given. */
  given: ReadonlyMap<number, number>;
  close: () => Promise<void>;
}

const isReady = ({ port }: Backend): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(LOOK_DEADLINE_MS) }).then(
    async ({ status, body }) => (await body?.cancel(), status === 200),
    () => false,
  );

/**
 * A reverse proxy as plain as can be: calls go in turn to those whose `/readyz` says 200 at the latest look, over connections that are
 * kept. It never repeats a call: what fails at a server fails at the client.
 */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const backends = ports.map((port): Backend => ({ port, ready: false, agent: new Agent({ keepAlive: true }) }));
  const given = new Map(ports.map((port) => [port, 0]));
  const stop = new AbortController();
  const looking = backends.map(async (backend) => {
    while (!stop.signal.aborted) {
      backend.ready = await isReady(backend);
      await pause(LOOK_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  });
  let turn = 0;

  function pass(inner: IncomingMessage, answer: ServerResponse): void {
    const up = backends.filter(({ ready }) => ready);
    const backend = up[turn++ % up.length];
    if (!backend) return void answer.writeHead(502).end('nobody is ready');
    given.set(backend.port, given.get(backend.port)! + 1);
    const { method, url, headers } = inner;
    const outer = send({ port: backend.port, host: '127.0.0.1', agent: backend.agent, method, path: url, headers }, (response) => {
      answer.writeHead(response.statusCode!, response.headers);
      response.pipe(answer);
    });
    outer.once('error', (error) => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end(`${backend.port}: ${error.message}`)));
    inner.pipe(outer);
  }

  const server = createServer(pass);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ready: () => backends.filter(({ ready }) => ready).map(({ port }) => port),
    given,
    async close() {
      stop.abort();
      await Promise.all(looking);
      for (const { agent } of backends) agent.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}
