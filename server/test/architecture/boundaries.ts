import { isTest, packageOf, withoutComments, type Import, type Source } from './sources.ts';

/** Which part of the server a file belongs to: `kernel`, `surfaces`, `embedded`, `modules/<name>`, or `wiring` (files of server/src itself). */
export function partOf(path: string): string | undefined {
  const [, rest] = /^server\/src\/(.+)$/.exec(path) ?? [];
  if (rest === undefined) return undefined;
  const [top, name] = rest.split('/');
  if (name === undefined) return 'wiring';
  return top === 'modules' ? `modules/${name}` : top;
}

const isDoor = (path: string): boolean => /^server\/src\/modules\/[^/]+\/index\.ts$/.test(path);
const providersFolder = (path: string): string | undefined => /^(server\/src\/modules\/[^/]+\/providers)\//.exec(path)?.[1];
const isAdapter = (path: string): boolean => providersFolder(path) !== undefined && !path.endsWith('/port.ts');

/** Packages that only some parts may name, and who. */
const RESERVED: readonly { name: RegExp; parts: readonly string[]; rule: string }[] = [
  { name: /^(fastify$|@fastify\/)/, parts: ['surfaces'], rule: '6: fastify appears in surfaces only' },
  { name: /^@modelcontextprotocol\//, parts: ['surfaces'], rule: '6: the MCP SDK appears in surfaces only' },
  { name: /^pg$/, parts: ['kernel', 'embedded'], rule: '6: the driver pg appears in the kernel and the embedded database only' },
  {
    name: /^drizzle-orm$/,
    parts: ['kernel'],
    rule: '6: drizzle-orm is named in the kernel only, since each file that names it makes every start slower',
  },
  { name: /^pg-boss$/, parts: ['kernel'], rule: '6: the queue appears in the kernel only' },
];

type Rule = (source: Source, found: Import & { target: string }) => string | undefined;

const kernelStandsAlone: Rule = ({ path }, { target }) =>
  partOf(path) === 'kernel' && partOf(target) !== 'kernel' ? '1: the kernel knows no module, surface or wiring' : undefined;

const surfacesReadTheRegistry: Rule = ({ path }, { target }) =>
  partOf(path) === 'surfaces' && !['surfaces', 'kernel'].includes(partOf(target) ?? '') ? '2: surfaces read the registry, never a module' : undefined;

const modulesMeetAtTheDoor: Rule = ({ path }, { target }) => {
  const part = partOf(path);
  if (!part?.startsWith('modules/') || partOf(target) === part || partOf(target) === 'kernel' || isDoor(target)) return undefined;
  return '3: a module imports the kernel, its own files and the index.ts of others';
};

const adaptersAreWired: Rule = ({ path }, { target }) => {
  if (!isAdapter(target) || partOf(path) === 'wiring' || providersFolder(path) === providersFolder(target)) return undefined;
  return '5: adapters are named in the wiring only; operations see port.ts';
};

const packagesStayApart: Rule = ({ path }, { target }) => {
  const from = path.split('/')[0];
  const to = target.split('/')[0];
  if (from === to || (from !== 'web' && from !== 'sdk' && from !== 'server')) return undefined;
  return `7: ${from} does not reach into ${to}`;
};

const launcherStandsAlone: Rule = ({ path }, { target }) =>
  partOf(path) === 'embedded' && partOf(target) !== 'embedded' ? 'the embedded database knows nothing of the product' : undefined;

const RULES = [kernelStandsAlone, surfacesReadTheRegistry, modulesMeetAtTheDoor, adaptersAreWired, launcherStandsAlone];

/** Every import that breaks a rule, as `file -> file (rule)`. Tests may look anywhere within their package. */
export function brokenBoundaries(sources: readonly Source[]): string[] {
  const broken: string[] = [];
  for (const source of sources) {
    for (const found of source.imports) {
      const { target, specifier } = found;
      const rules =
        target === undefined
          ? [reservedRule(source, specifier), apart(source, specifier)]
          : [packagesStayApart(source, { ...found, target }), ...inside(source, { ...found, target })];
      for (const rule of rules) if (rule) broken.push(`${source.path} -> ${target ?? specifier} (${rule})`);
    }
    if (isDoor(source.path)) broken.push(...wrongExports(source));
  }
  return broken;
}

const inside = (source: Source, found: Import & { target: string }): (string | undefined)[] =>
  isTest(source.path) ? [] : RULES.map((rule) => rule(source, found));

function reservedRule({ path }: Source, specifier: string): string | undefined {
  const part = partOf(path);
  if (part === undefined || isTest(path)) return undefined;
  return RESERVED.find(({ name, parts }) => name.test(packageOf(specifier)) && !parts.includes(part))?.rule;
}

/** Package imports that would cross a wall which relative paths may not. */
function apart({ path }: Source, specifier: string): string | undefined {
  const name = packageOf(specifier);
  if (path.startsWith('web/') && name === '@switchyard/server') return '7: web knows the sdk only';
  if (path.startsWith('sdk/') && name.startsWith('@switchyard/')) return '7: the sdk knows nothing of ours';
  if (path.startsWith('server/src/') && name.startsWith('@switchyard/') && !isTest(path)) return '7: the server knows no client of its own';
  return undefined;
}

/** 4: modules talk through operations and events, so a door shows nothing else (types apart), its own or those of an area within. */
function wrongExports(source: Source): string[] {
  const code = withoutComments(source.text);
  const from = new Map<string, string>();
  for (const [, names, specifier] of code.matchAll(/^import\s+\{([^}]*)\}\s+from\s+'([^']+)'/gm))
    for (const name of namesOf(names!)) from.set(name, specifier!);
  const shown: (readonly [string, string])[] = [];
  for (const [, names, specifier] of code.matchAll(/^export\s+\{([^}]*)\}(?:\s+from\s+'([^']+)')?/gm))
    for (const name of namesOf(names!)) shown.push([name, specifier ?? from.get(name) ?? 'itself']);
  for (const [, name, value] of code.matchAll(/^export\s+(?:const|let|function|async function|class)\s+(\w+)([^\n]*)/gm))
    shown.push([name!, value!.includes('defineModule(') ? './operations/' : 'itself']);
  for (const [, specifier] of code.matchAll(/^export\s+\*[^']*'([^']+)'/gm)) shown.push(['*', specifier!]);
  return shown
    .filter(([, origin]) => !/^\.\/(([a-z]+\/)?operations\/|events\.ts$|[a-z]+\/index\.ts$)/.test(origin))
    .map(([name, origin]) => `${source.path} exports ${name} of ${origin} (4: a door shows operations and events only)`);
}

const namesOf = (list: string): string[] =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name && !name.startsWith('type '))
    .map((name) => name.split(/\s+as\s+/)[0]!);
