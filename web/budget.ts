import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** What a first visit may load before it can be used, in gzipped bytes of JavaScript. */
const BUDGET = 200_000;

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
}
type Manifest = Record<string, Chunk>;

/** A chunk and all it imports statically: the browser fetches them before the chunk runs. */
function closure(manifest: Manifest, key: string, found = new Set<string>()): Set<string> {
  if (found.has(key) || !manifest[key]) return found;
  found.add(key);
  for (const next of manifest[key].imports ?? []) closure(manifest, next, found);
  return found;
}

/** Gzipped bytes of JavaScript that a route needs on a first visit: the entry and the route's own chunks. */
export function firstLoad(dist: string, manifest: Manifest, routes: readonly string[]): { bytes: number; files: string[] } {
  const entry = Object.keys(manifest).filter((key) => manifest[key]?.isEntry);
  const parts = routes.map((route) => {
    const part = Object.keys(manifest).find((key) => key.startsWith(`src/routes/${route}.tsx`));
    if (!part) throw new Error(`route ${route} has no chunk in the build, so its size cannot be told`);
    return part;
  });
  const keys = new Set([...entry, ...parts].flatMap((key) => [...closure(manifest, key)]));
  const files = [...new Set([...keys].map((key) => manifest[key]!.file))].filter((file) => file.endsWith('.js'));
  return { bytes: files.reduce((sum, file) => sum + gzipSync(readFileSync(`${dist}/${file}`)).length, 0), files };
}

if (import.meta.main) {
  const dist = process.argv[2] ?? 'dist';
  const manifest = JSON.parse(readFileSync(`${dist}/.vite/manifest.json`, 'utf8')) as Manifest;
  const first = { login: ['login'], dashboard: ['_app', '_app/index'], 'one Change': ['_app', '_app/changes/$id'] };
  let over = false;
  for (const [name, routes] of Object.entries(first)) {
    const { bytes, files } = firstLoad(dist, manifest, routes);
    over ||= bytes > BUDGET;
    process.stdout.write(
      `first visit of ${name}: ${(bytes / 1000).toFixed(1)} kB of ${BUDGET / 1000} kB JavaScript, gzipped, in ${files.length} files\n`,
    );
  }
  if (over) {
    process.stderr.write(
      'Over budget. Look for a library that a route file or the shell imports directly; what is not needed at first belongs behind useDeferred or a route.\n',
    );
    process.exit(1);
  }
}
