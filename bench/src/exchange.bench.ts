import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createProgram } from '../../server/src/modules/exchange/fixtures/program.ts';
import type { Peer } from '../../server/src/modules/exchange/render/peer.ts';
import { render, type Bundle } from '../../server/src/modules/exchange/render/render.ts';
import { atMost, median, note } from './lib/figures.ts';

const SIZES = [10, 100, 1_000];
const ROUNDS = 5;
const MIB = 1_048_576;

const peerAt = (at: number): Peer => ({
  asn: 20_001 + at, tag: (0xaa_00_00 + at).toString(16), addressV6: `2001:db8:100::${(at + 16).toString(16)}`, addressV4: null,
  suspended: false, roleStrict: at % 2 === 0, maxPrefixesV4: 100, maxPrefixesV6: 100,
}); // prettier-ignore
/** Both families over each session, on the two servers of a fabric. */
const both = (count: number): Bundle[] =>
  [1, 2].map((at) =>
    render({
      rsAsn: 64_500, routerId: `192.0.2.${at}`, addressV6: `2001:db8:100::${at}`, addressV4: null, ipv4Mode: 'rfc8950', rpkiMode: 'enforce',
      rtrServers: [{ host: '::1', port: 8_282 }], peers: Array.from({ length: count }, (_, n) => peerAt(n)),
    }),
  ); // prettier-ignore

function timed<T>(work: () => T): { ms: number; result: T } {
  const from = performance.now();
  const result = work();
  return { ms: performance.now() - from, result };
}
const middle = (work: () => void): number => median(Array.from({ length: ROUNDS }, () => timed(work).ms));

const home = mkdtempSync(join(tmpdir(), 'switchyard-bench-'));

/** BIRD with nothing to do, in a folder of its own. Its members are never there. */
async function started(): Promise<{ bird: ChildProcess; answers: boolean }> {
  writeFileSync(join(home, 'bird.conf'), 'define SY_GENERATION = 0;\nrouter id 192.0.2.1;\nipv4 table master4 sorted;\nipv6 table master6 sorted;\nprotocol device { }\n'); // prettier-ignore
  const bird = spawn('bird', ['-f', '-c', join(home, 'bird.conf'), '-s', join(home, 'bird.ctl'), '-P', join(home, 'bird.pid')], { stdio: 'ignore' });
  bird.once('error', () => undefined);
  for (let tries = 0; tries < 50; tries += 1) {
    await pause(100);
    const { stdout } = spawnSync('birdc', ['-s', join(home, 'bird.ctl'), 'show', 'status'], { encoding: 'utf8' });
    if (stdout?.includes('Daemon is up')) return { bird, answers: true };
  }
  process.stderr.write('BIRD is absent or may not run here: its part is left out\n');
  return { bird, answers: false };
}

/** Of a process, in MiB, at its most. */
const peakOf = (pid: number): number => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;

function written(folder: string, { files }: Bundle): string {
  for (const { path, content } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return join(folder, 'main.conf');
}

const { bird, answers: hasBird } = await started();
try {
  const before = process.memoryUsage.rss();
  for (const count of SIZES) {
    const isLargest = count === SIZES.at(-1);
    const what = `${count} members, two servers`;
    both(count);
    const rendering = middle(() => void both(count));
    const bundles = both(count);
    const size = bundles[0]!.files.reduce((sum, { content }) => sum + content.length, 0) / MIB;
    note(`configuration, ${count} members, size of one server's`, size, 'MiB');
    if (isLargest) {
      atMost(`configuration, ${what}, render`, rendering, 'ms', 1_000);
      // Above what the process has in mind anyway.
      atMost(`configuration, ${what}, memory that rendering takes`, process.resourceUsage().maxRSS / 1_024 - before / MIB, 'MiB', 256);
    } else note(`configuration, ${what}, render`, rendering, 'ms');
    if (!hasBird) continue;
    const mains = bundles.map((bundle, at) => written(join(home, `parse-${count}-${at}`), bundle));
    const parsing = middle(() => {
      for (const main of mains) if (spawnSync('bird', ['-p', '-c', main]).status !== 0) throw new Error(`BIRD refuses ${main}`);
    });
    note(`configuration, ${what}, bird -p`, parsing, 'ms');
    if (isLargest) atMost(`configuration, ${what}, render and bird -p`, rendering + parsing, 'ms', 2_000);
  }
  if (hasBird) {
    const program = createProgram(join(home, 'base'), join(home, 'bird.ctl'));
    for (const [at, count] of SIZES.entries()) {
      const [bundle] = both(count) as [Bundle];
      const taken = program.load(at + 1, bundle.files);
      const all = Object.values(taken).reduce((sum, ms) => sum + ms, 0);
      for (const verb of ['stage', 'check', 'arm', 'status', 'confirm']) note(`apply, ${count} members, ${verb}`, taken[verb]!, 'ms');
      if (count === SIZES.at(-1)) atMost(`apply, ${count} members, from hello to prune`, all, 'ms', 15_000);
      else note(`apply, ${count} members, from hello to prune`, all, 'ms');
      note(`apply, ${count} members, memory of BIRD`, peakOf(bird.pid!), 'MiB');
    }
  }
} finally {
  bird.kill('SIGTERM');
  rmSync(home, { recursive: true, force: true });
}
