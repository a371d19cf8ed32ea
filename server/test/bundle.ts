import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown, type Plugin } from 'rolldown';
import { LEAN } from './lean.ts';
import { BUILT, PROGRAMS } from './programs.ts';

/** Libraries of many small modules, whose reading takes long. The others may look for files beside themselves, and stay where they are. */
const LIBRARIES =
  /^(?:zod|drizzle-orm|ai|@ai-sdk\/.+|@modelcontextprotocol\/.+|luxon|jose|openid-client|libphonenumber-js|re2js|pg-boss|yaml)(?:\/|$)/;

/** What most of the programs consist of; nothing runs when it is read. */
const WARM = { app: '../src/app.ts', company: './crash/company.ts' };

const inPlace: Plugin = {
  name: 'in-place',
  resolveId(id, from) {
    if (from === undefined || /^[./#]/.test(id) || (from.includes('/node_modules/') && !isBuiltin(id)) || LIBRARIES.test(id)) return null;
    return { id, external: true };
  },
  // Migrations, workers and texts lie beside the source, so the source says where it is.
  transform: (code, id) =>
    code.includes('import.meta.url') && !id.includes('/node_modules/')
      ? { code: code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)) }
      : null,
};

/**
 * Puts the programs that tests start into few files. Reading two thousand modules takes a process 3 s of a processor, and tests that
 * kill processes start hundreds. Then lets Node compile them once, in a process that ends by itself: one that is killed keeps nothing.
 */
export default async function bundle(): Promise<() => Promise<void>> {
  const warm = Object.entries(WARM).map(([name, path]) => [`warm/${name}`, fileURLToPath(new URL(path, import.meta.url))]);
  const input = Object.fromEntries([...PROGRAMS, ...warm]) as Record<string, string>;
  const build = await rolldown({ input, platform: 'node', logLevel: 'silent', plugins: [inPlace] });
  await build.write({ dir: BUILT, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: 'parts/[name].mjs' });
  await build.close();
  const paths = warm.map(([name]) => join(BUILT, `${name}.mjs`));
  const script = `await Promise.all(${JSON.stringify(paths)}.map((path) => import(path))); process.exit(0)`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { env: LEAN, stdio: 'ignore' });
  const ended = once(child, 'close');
  // Nobody waits for it: other tests come first.
  return async () => {
    child.kill();
    await ended;
  };
}
