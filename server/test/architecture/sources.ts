import { readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Import {
  specifier: string;
  /** Path from the root of the repository, or `undefined` when it is a package. */
  target: string | undefined;
  typeOnly: boolean;
}

/** One of our own files; `path` from the root of the repository. */
export interface Source {
  path: string;
  text: string;
  imports: readonly Import[];
}

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const FOLDERS = ['server/src', 'server/test', 'web/src', 'web/test', 'sdk/src', 'e2e', 'bench', 'scripts'];
const GENERATED = /\.gen\.ts$|\/schema\.d\.ts$/;
const SKIPPED = /(^|\/)(node_modules|dist)\//;

/** Import paths that package.json maps to folders. */
const ALIASES: readonly (readonly [RegExp, string])[] = [
  [/^#(kernel|surfaces|modules)\//, 'server/src/$1/'],
  [/^#test\//, 'server/test/'],
  [/^#(ui|lib|features)\//, 'web/src/$1/'],
];

const isSource = (path: string): boolean => /\.(ts|tsx|mjs)$/.test(path) && !GENERATED.test(path) && !SKIPPED.test(path);

export const isTest = (path: string): boolean => /\.test\.tsx?$|\/testing\.ts$|^(server|web)\/test\//.test(path);

export function readSources(): Source[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => posix.join(folder, name))
      .filter(isSource)
      .map((path) => parse(path, readFileSync(join(ROOT, path), 'utf8'))),
  );
}

const STATEMENT = /^\s*(import|export)\s+(type\s+)?(?:[^'"`;()]*?\sfrom\s+)?(['"])([^'"\n]+)\3/gm;
const DYNAMIC = /\bimport\(\s*(['"])([^'"\n]+)\1\s*[,)]/g;

export function parse(path: string, text: string): Source {
  const code = withoutComments(text);
  const imports = [
    ...Array.from(code.matchAll(STATEMENT), ([, , type, , specifier]) => ({ specifier: specifier!, typeOnly: type !== undefined })),
    ...Array.from(code.matchAll(DYNAMIC), ([, , specifier]) => ({ specifier: specifier!, typeOnly: false })),
  ];
  return { path, text, imports: imports.map((found) => ({ ...found, target: resolve(path, found.specifier) })) };
}

/** Enough for import statements: block comments, and line comments that begin a line. */
export const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');

function resolve(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(path), specifier);
  for (const [pattern, folder] of ALIASES) {
    if (pattern.test(specifier)) return specifier.replace(pattern, folder);
  }
  return undefined;
}

/** `@scope/name` or `name` of a package import. */
export const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
