import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { run, stopping } from './children.mjs';
import { ROOT, at, node24, toolEnvironment } from './paths.mjs';
import { Refusal } from './refusal.mjs';

const SKIPPED = new Set(['node_modules', 'dist', 'test']);

/** @param {string} folder @returns {string[]} */
const filesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !SKIPPED.has(name) && !/\.test\.|\.gen\.ts$|\.tsbuildinfo$/.test(name))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();

/** One digest of all that is made from these files, and from those in these folders. @param {{ files: string[], folders: string[] }} sources */
export function digestOf({ files, folders }) {
  const hash = createHash('sha256');
  for (const file of [at('pnpm-lock.yaml'), ...files, ...folders.flatMap(filesIn)])
    hash
      .update(`${relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

/**
 * Something that is built from sources.
 * @typedef {object} Building
 * @property {string} name for its stamp
 * @property {string} what for people
 * @property {string} product a file that is there once it is built
 * @property {() => string} sources digest of what it is made from
 * @property {readonly string[]} command program for Node, and its arguments
 * @property {string} cwd
 */

/** Builds it unless what is there is made of these sources. @param {Building} building */
export const builder =
  ({ name, what, product, sources, command, cwd }) =>
  /** @param {(what: string) => void} say */
  async (say) => {
    const stamp = at('.switchyard', 'cache', `${name}.stamp`);
    const digest = sources();
    if (existsSync(product) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return say('up to date');
    say('building');
    rmSync(stamp, { force: true });
    const { code, output } = await run(node24(), [...command], { cwd, env: toolEnvironment() });
    if (stopping()) throw new Refusal(`Stopped while building ${what}.`, 'Start again.');
    if (code !== 0) throw new Refusal(`${output.trimEnd().split('\n').slice(-30).join('\n')}\nCould not build ${what}.`, 'The lines above say why.');
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, digest);
    say('built');
  };
