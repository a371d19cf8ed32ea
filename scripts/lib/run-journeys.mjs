import { createWriteStream, rmSync } from 'node:fs';
import { run } from 'node:test';
import { spec as Spec } from 'node:test/reporters';
import { FILLED, fillHome } from '../../e2e/lib/home.ts';
import lines from './node-reporter.mjs';

/** `run-journeys.mjs <where the counts go> <files>`: as `node --test` does it, which would sort the files, but in the order given. */
const [counts = '', ...files] = process.argv.slice(2);

// One first start for all of them; for a single journey it would be one too many.
if (files.length > 1) {
  const filled = await fillHome();
  process.env[FILLED] = filled;
  process.once('exit', () => rmSync(filled, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
}

// Two at a time: each has a server and perhaps a browser of its own, and waits for some of its time. With three, calls ran out of theirs.
const events = run({ files, concurrency: 2, timeout: 600_000 });
events.on('test:summary', ({ success }) => {
  if (!success) process.exitCode = 1;
});
events.compose(new Spec()).pipe(process.stdout);
events.compose(lines).pipe(createWriteStream(counts));
