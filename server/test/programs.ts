import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('../', import.meta.url));
/** Where `bundle.ts` puts them; below the server, so that they find its packages. */
export const BUILT = join(SERVER, 'dist', 'test');

/** The name of a program: its source's path below the server, in one word. */
export const nameOf = (source: URL): string => relative(SERVER, fileURLToPath(source)).replace(/\.ts$/, '').replaceAll('/', '-'); // prettier-ignore

/** What tests start as processes of their own, often to kill them. */
export const PROGRAMS: readonly URL[] = [
  '../src/main.ts',
  './crash/process.ts',
  './crash/workflows-process.ts',
  './crash/reencrypting.ts',
  './crash/sealing.ts',
  './mail/worker.ts',
  './webhooks/process.ts',
].map((path) => new URL(path, import.meta.url));

/** The file to start for a source: the same code in few files, which begins in a third of the time. */
export function program(source: URL): string {
  if (!PROGRAMS.some(({ href }) => href === source.href)) throw new Error(`${source.href} is not among the programs that are built for tests`);
  return join(BUILT, `${nameOf(source)}.mjs`);
}
