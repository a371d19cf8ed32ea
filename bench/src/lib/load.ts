import { connect } from 'node:net';
import { quantile } from './figures.ts';

export interface Load {
  /** Answers a second. */
  rate: number;
  p50: number;
  /** Milliseconds. */
  p99: number;
  count: number;
}

export interface LoadOptions {
  port: number;
  /** Path of the nth request. */
  path: (n: number) => string;
  headers?: Record<string, string>;
  connections: number;
  seconds: number;
}

const END = Buffer.from('\r\n\r\n');

/** Bytes of the first whole answer in `bytes`, or 0. Throws on anything but 200: a refusal is fast, and no figure. */
function answerLength(bytes: Buffer): number {
  const head = bytes.indexOf(END);
  if (head < 0) return 0;
  const text = bytes.subarray(0, head).toString('latin1');
  const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1];
  if (!text.startsWith('HTTP/1.1 200') || length === undefined) throw new Error(`unexpected answer: ${text.slice(0, 300)}`);
  const total = head + END.length + Number(length);
  return bytes.length >= total ? total : 0;
}

/**
 * A closed loop of keep-alive connections, each with one request on its way. By hand, since the usual tools measure in whole
 * milliseconds and take as much of the machine as what they measure.
 */
export async function load({ port, path, headers = {}, connections, seconds }: LoadOptions): Promise<Load> {
  const times: number[] = [];
  const rest = Object.entries({ Host: `127.0.0.1:${port}`, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`).join(''); // prettier-ignore
  const from = performance.now();
  const end = from + seconds * 1_000;
  let sent = 0;
  const loop = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let bytes: Buffer = Buffer.alloc(0);
      let at = 0;
      const ask = (): void => {
        at = performance.now();
        socket.write(`GET ${path(sent++)} HTTP/1.1\r\n${rest}\r\n`);
      };
      socket.once('connect', ask).once('error', reject);
      socket.on('data', (chunk: Buffer) => {
        bytes = bytes.length > 0 ? Buffer.concat([bytes, chunk]) : chunk;
        try {
          if (answerLength(bytes) === 0) return;
        } catch (error) {
          socket.destroy();
          return reject(error);
        }
        bytes = Buffer.alloc(0);
        const now = performance.now();
        times.push(now - at);
        if (now < end) return ask();
        socket.destroy();
        resolve();
      });
    });
  await Promise.all(Array.from({ length: connections }, loop));
  const took = (performance.now() - from) / 1_000;
  return { rate: times.length / took, p50: quantile(times, 0.5), p99: quantile(times, 0.99), count: times.length };
}
