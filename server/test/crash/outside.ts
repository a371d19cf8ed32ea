import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One thing done in earnest, for the Change `mark`. */
export interface Effect {
  act: string;
  name: string;
  mark: string;
}

export interface Outside {
  url: string;
  /** Everything that was ever done, in order. Nothing here is forgiving: what is asked for twice is done twice. */
  effects: Effect[];
  /** Looks that changed nothing. */
  looks: Effect[];
  count: (act: string, name: string) => number;
  close: () => Promise<void>;
}

const text = (value: string | null): string => value ?? '';

/**
 * A made-up outside system that outlives every process that is killed: `POST /<act>/<name>?mark=&ms=` does something after `ms`
 * milliseconds, `GET /<act>/<name>?mark=` tells whether it was done for that mark, `GET /look/<name>` only looks.
 */
export async function startOutside(): Promise<Outside> {
  const effects: Effect[] = [];
  const looks: Effect[] = [];
  /** What was done, to be found at once also after minutes of load. */
  const known = new Set<string>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://outside');
    const [, act = '', name = ''] = url.pathname.split('/').map(decodeURIComponent);
    const effect = { act, name, mark: text(url.searchParams.get('mark')) };
    const key = JSON.stringify(effect);
    const answer = (): void => {
      if (request.method === 'POST') {
        effects.push(effect);
        known.add(key);
      } else if (act === 'look') looks.push(effect);
      const done = known.has(key);
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ done }));
    };
    setTimeout(answer, Number(url.searchParams.get('ms') ?? 0));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    effects,
    looks,
    count: (act, name) => effects.filter((one) => one.act === act && one.name === name).length,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
