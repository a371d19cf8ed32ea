import { appendFileSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { run } from 'node:test';
import { spec as Spec } from 'node:test/reporters';
import { FILLED, fillHome } from '../../e2e/lib/home.ts';
import lines from './node-reporter.mjs';
import { SERVER } from './server.mjs';

/**
 * `run-journeys.mjs <where the counts go> <files>`: each file as `node --test` runs it, which would sort them, but in the order given.
 * Two at a time: each has a server and perhaps a browser of its own, and waits for some of its time. With three, calls ran out of theirs.
 */
const [counts = '', ...waiting] = process.argv.slice(2);

/** What a run of one file says of itself at its end; the whole has its own summary. */
const TOTALS = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /;

/** @param {string} file */
async function walk(file) {
  const events = await run({ files: [file], timeout: 600_000 }).toArray();
  if (events.some(({ type, data }) => type === 'test:summary' && !data.success)) process.exitCode = 1;
  const told = events.filter(({ type, data }) => !(type === 'test:diagnostic' && TOTALS.test(data.message)));
  // What a file has to say stays together, and is seen when it ends.
  for await (const text of Readable.from(told).compose(new Spec())) process.stdout.write(text);
  for await (const line of lines(Readable.from(events))) appendFileSync(counts, line);
}

async function lane() {
  for (let file = waiting.shift(); file; file = waiting.shift()) await walk(file);
}

// What users start, which whoever runs all of them has built.
process.env['E2E_SERVER'] ??= SERVER;
// One first start for all of them; for a single journey it would be one too many.
if (waiting.length > 1) {
  const filled = await fillHome();
  process.env[FILLED] = filled;
  process.once('exit', () => rmSync(filled, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
}

await Promise.all([lane(), lane()]);
