import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRegistry } from '#kernel/registry.ts';
import { openApi } from '#surfaces/openapi.ts';
import '#surfaces/problems.ts';
import { MODULES } from './app.ts';
import { problemPages, referencePages } from './reference.ts';

/**
 * Writes what is generated from the registry and committed: the SDK's document and types, the reference and a page for each problem.
 * With `--check` nothing is written and stale files fail.
 */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Folders in which every file is ours: what is no longer generated goes. */
const OWNED = ['docs/reference', 'docs/problems'];

interface OpenApiTypescript {
  default: (source: string) => Promise<unknown>;
  astToString: (ast: unknown) => string;
}

/** The compiler of types belongs to the SDK, which the server does not import. */
async function typesOf(document: string): Promise<string> {
  const { default: openapiTS, astToString } = createRequire(join(ROOT, 'sdk/package.json'))('openapi-typescript') as OpenApiTypescript;
  return `// Generated from openapi.json by server/src/generate.ts; do not edit.\n\n${astToString(await openapiTS(document))}`;
}

/** Path below the root to content. */
export async function generated(): Promise<Map<string, string>> {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'server/package.json'), 'utf8')) as { version: string };
  const registry = createRegistry(MODULES);
  const document = `${JSON.stringify(openApi(registry, version), null, 1)}\n`;
  return new Map([
    ['sdk/openapi.json', document],
    ['sdk/src/schema.d.ts', await typesOf(document)],
    ...referencePages(registry).map(([name, text]) => [`docs/reference/${name}`, text] as const),
    ...problemPages().map(([name, text]) => [`docs/problems/${name}`, text] as const),
  ]);
}

const orphans = (files: ReadonlyMap<string, string>): string[] =>
  OWNED.filter((folder) => existsSync(join(ROOT, folder)))
    .flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`))
    .filter((path) => !files.has(path));

const read = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

/** Paths that differ from what would be generated, missing and left-over ones included. */
export const staleFiles = (files: ReadonlyMap<string, string>): string[] => [
  ...[...files].filter(([path, text]) => read(join(ROOT, path)) !== text).map(([path]) => path),
  ...orphans(files),
];

function write(files: ReadonlyMap<string, string>): void {
  for (const path of orphans(files)) rmSync(join(ROOT, path), { recursive: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = await generated();
  const stale = staleFiles(files);
  const check = process.argv.includes('--check');
  if (!check) write(files);
  for (const path of stale) process.stdout.write(`${check ? 'stale' : 'wrote'} ${path}\n`);
  if (check && stale.length > 0)
    process.stderr.write(`${stale.length} generated files are stale. Run: node ${relative(process.cwd(), fileURLToPath(import.meta.url))}\n`);
  process.exitCode = check && stale.length > 0 ? 1 : 0;
}
