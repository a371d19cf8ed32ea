import { spawn, execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './product.ts';

const KNOTD = '/usr/sbin/knotd';
const run = promisify(execFile);

export const knotIsThere = (): boolean => existsSync(KNOTD) && (existsSync('/usr/bin/dig') || existsSync('/usr/bin/kdig'));

export interface Knot {
  port: number;
  zone: string;
  tsig: { name: string; algorithm: string; secret: string };
  close: () => Promise<void>;
}

/** A real authoritative name server with one empty zone that takes signed updates and transfers. */
export async function startKnot(zone: string): Promise<Knot> {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-knot-'));
  const port = await freePort();
  const tsig = { name: 'journey-key', algorithm: 'hmac-sha256', secret: randomBytes(32).toString('base64') };
  await mkdir(join(folder, 'zones'));
  await writeFile(
    join(folder, 'zones', `${zone}.zone`),
    `$ORIGIN ${zone}.\n$TTL 300\n@ SOA ns1.${zone}. hostmaster.${zone}. 1 3600 600 86400 60\n@ NS ns1.${zone}.\nns1 A 127.0.0.1\n`,
  );
  await writeFile(
    join(folder, 'knot.conf'),
    `server:\n    rundir: "${folder}"\n    listen: 127.0.0.1@${port}\ndatabase:\n    storage: "${folder}"\nlog:\n  - target: stderr\n    any: warning\nkey:\n  - id: ${tsig.name}\n    algorithm: ${tsig.algorithm}\n    secret: ${tsig.secret}\n` +
      `acl:\n  - id: signed\n    key: ${tsig.name}\n    action: [update, transfer]\nzone:\n  - domain: ${zone}\n    storage: "${folder}/zones"\n    file: ${zone}.zone\n    acl: signed\n    zonefile-load: difference-no-serial\n    journal-content: all\n    serial-policy: increment\n`,
  );
  const child = spawn(KNOTD, ['-c', join(folder, 'knot.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (part: Buffer) => (errors += part.toString()));
  const close = async (): Promise<void> => {
    if (child.exitCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  };
  for (const end = Date.now() + 10_000; ;) {
    if ((await dig(port, zone, 'SOA').catch(() => [])).length > 0) return { port, zone, tsig, close };
    if (child.exitCode !== null || Date.now() > end) {
      await close();
      throw new Error(`knotd did not answer: ${errors}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** What `dig` prints: the values of the answer. */
export async function dig(port: number, name: string, type: string): Promise<string[]> {
  const tool = existsSync('/usr/bin/dig') ? '/usr/bin/dig' : '/usr/bin/kdig';
  const { stdout } = await run(tool, ['@127.0.0.1', '-p', String(port), '+short', '+time=2', '+tries=2', name, type]);
  return stdout.split('\n').filter((line) => line && !line.startsWith(';'));
}
