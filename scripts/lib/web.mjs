import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { run, stopping } from './children.mjs';
import { ROOT, at, node24, toolEnvironment } from './paths.mjs';
import { Refusal } from './refusal.mjs';

const STAMP = at('.switchyard', 'cache', 'web.stamp');
const SKIPPED = new Set(['node_modules', 'dist', 'test']);

/** @param {string} folder @returns {string[]} */
const filesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !SKIPPED.has(name) && !/\.test\.|\.gen\.ts$|\.tsbuildinfo$/.test(name))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();

/** One digest of everything that the built pages are made from. */
export function webSources() {
  const hash = createHash('sha256');
  for (const file of [at('pnpm-lock.yaml'), ...filesIn(at('web')), ...filesIn(at('sdk', 'src'))])
    hash
      .update(`${relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

/**
 * Builds the pages into web/dist unless what is there is made from these sources.
 * @param {(what: string) => void} say
 */
export async function buildWeb(say) {
  const sources = webSources();
  if (existsSync(at('web', 'dist', 'index.html')) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources) return say('up to date');
  say('building');
  rmSync(STAMP, { force: true });
  const { code, output } = await run(node24(), [at('web', 'node_modules', 'vite', 'bin', 'vite.js'), 'build'], {
    cwd: at('web'),
    env: toolEnvironment(),
  });
  if (stopping()) throw new Refusal('Stopped while building the web application.', 'Start again.');
  if (code !== 0)
    throw new Refusal(`${output.trimEnd().split('\n').slice(-30).join('\n')}\nThe web application could not be built.`, 'The lines above say why.');
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, sources);
  say('built');
}
