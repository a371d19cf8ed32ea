import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';

type Main = (argv: readonly string[], io: object) => Promise<number>;

export interface CliRun {
  code: number;
  out: string;
  err: string;
  /** Standard output, which must be JSON. */
  json: () => Record<string, unknown>;
}

export interface Cli {
  run: (args: readonly string[], options?: { stdin?: string; env?: Record<string, string>; tty?: boolean }) => Promise<CliRun>;
  /** Where it keeps what it knows. */
  folder: string;
  close: () => void;
}

/** The command line in this process, with a home of its own. By its path: the server knows no client. */
export async function createCli(url: string): Promise<Cli> {
  const { main } = (await import(new URL('../../sdk/src/cli.ts', import.meta.url).href)) as { main: Main };
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-cli-'));
  return {
    folder,
    close: () => rmSync(folder, { recursive: true, force: true }),
    async run(args, { stdin = '', env = {}, tty = false } = {}) {
      const written = { out: '', err: '' };
      const sink = (to: 'out' | 'err') =>
        Object.assign(new Writable({ write: (chunk, _encoding, done) => ((written[to] += String(chunk)), done()) }), { isTTY: tty, columns: 120 });
      const code = await main(args, {
        stdin: Readable.from(stdin === '' ? [] : [Buffer.from(stdin)]),
        stdout: sink('out'),
        stderr: sink('err'),
        env: { SWITCHYARD_URL: url, SWITCHYARD_CONFIG_DIR: folder, NO_COLOR: '1', ...env },
      });
      return { code, ...written, json: () => JSON.parse(written.out) as Record<string, unknown> };
    },
  };
}
