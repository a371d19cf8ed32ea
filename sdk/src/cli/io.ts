import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import { Writable as Sink } from 'node:stream';
import { UsageError } from './exit.ts';

/** Where a command reads from and writes to; a test hands in its own. */
export interface Io {
  stdin: Readable & { isTTY?: boolean };
  stdout: Writable & { isTTY?: boolean; columns?: number };
  stderr: Writable & { isTTY?: boolean };
  env: Record<string, string | undefined>;
  fetch: typeof globalThis.fetch;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
}

export const print = ({ stdout }: Io, text: string): void => void stdout.write(`${text}\n`);
export const note = ({ stderr }: Io, text: string): void => void stderr.write(`${text}\n`);

export async function readAll(io: Io): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of io.stdin) parts.push(typeof part === 'string' ? Buffer.from(part) : (part as Uint8Array));
  return Buffer.concat(parts).toString('utf8');
}

/** Asks on the terminal; what is typed is not shown when `hidden`. */
export async function ask(io: Io, question: string, { hidden = false } = {}): Promise<string> {
  if (!io.stdin.isTTY) throw new UsageError(`${question}: there is no terminal to ask on${hidden ? '; pipe it in and add --password-stdin' : ''}`);
  io.stderr.write(`${question}: `);
  const silent = new Sink({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: io.stdin, output: hidden ? silent : io.stderr, terminal: true });
  try {
    return (await lines.question('', { signal: io.signal })).trim();
  } finally {
    lines.close();
    if (hidden) io.stderr.write('\n');
  }
}
