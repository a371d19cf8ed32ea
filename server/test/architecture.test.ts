import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { brokenBoundaries } from './architecture/boundaries.ts';
import { problemFaults, tooLong, unexplained } from './architecture/content.ts';
import { importCycles } from './architecture/cycles.ts';
import { parse, readSources, ROOT } from './architecture/sources.ts';

// This file shows imports that do not exist.
const sources = readSources().filter(({ path }) => path !== 'server/test/architecture.test.ts');

describe('the sources', () => {
  test('are read, with their imports', () => {
    const app = sources.filter(({ path }) => path.startsWith('server/src/modules/'));
    expect(app.length).toBeGreaterThan(50);
    expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(500);
  });

  test('import only files that exist, so that the rules below judge real paths', () => {
    const missing = sources.flatMap(({ path, imports }) =>
      imports.filter(({ target }) => target && !existsSync(join(ROOT, target))).map(({ specifier }) => `${path} -> ${specifier}`),
    );
    expect(missing).toEqual([]);
  });

  test('keep to the boundaries of docs/architecture.md', () => {
    expect(brokenBoundaries(sources)).toEqual([]);
  });

  test('import each other in one direction', () => {
    expect(importCycles(sources)).toEqual([]);
  });

  test('throw only problems that the catalogue defines', () => {
    expect(problemFaults(sources)).toEqual([]);
  });

  test('say why where a lint rule is switched off', () => {
    expect(unexplained(sources)).toEqual([]);
  });

  test('have no file above 300 lines', () => {
    expect(tooLong(sources)).toEqual([]);
  });
});

describe('a planted violation is caught:', () => {
  const clouds = 'server/src/modules/clouds';
  test.each([
    ['1 kernel to module', 'server/src/kernel/gate.ts', `import { clouds } from '#modules/clouds/index.ts';`],
    ['1 kernel to surface, type only', 'server/src/kernel/gate.ts', `import type { Rest } from '../surfaces/rest.ts';`],
    ['1 kernel to wiring', 'server/src/kernel/gate.ts', `export { app } from '../app.ts';`],
    ['2 surface to module', 'server/src/surfaces/rest.ts', `import { servers } from '#modules/clouds/index.ts';`],
    ['3 module to the inside of another', `${clouds}/rules.ts`, `import { zones } from '../dns/tables.ts';`],
    ['3 module to the inside of another, by alias and at run time', `${clouds}/rules.ts`, `const dns = await import('#modules/dns/tables.ts');`],
    ['3 module to surface', `${clouds}/rules.ts`, `import { rest } from '#surfaces/rest.ts';`],
    ['4 door that shows a table', `${clouds}/index.ts`, `import { servers } from './tables.ts';\nexport { servers };`],
    ['4 door that shows a rule at once', `${clouds}/index.ts`, `export { canDelete } from './rules.ts';`],
    ['4 door that shows everything', `${clouds}/index.ts`, `export * from './tables.ts';`],
    ['4 door with code', `${clouds}/index.ts`, `export const helper = () => 1;`],
    ['5 operation to adapter', `${clouds}/operations/servers.create.ts`, `import { hetzner } from '../providers/hetzner.ts';`],
    ['5 operation to adapter in a folder', `${clouds}/operations/servers.create.ts`, `import { world } from '../providers/simulated/world.ts';`],
    ['6 fastify in a module', `${clouds}/rules.ts`, `import fastify from 'fastify';`],
    ['6 fastify in the kernel', 'server/src/kernel/http.ts', `import type { FastifyReply } from 'fastify';`],
    ['6 MCP SDK in the kernel', 'server/src/kernel/http.ts', `import { McpServer } from '@modelcontextprotocol/server';`],
    ['6 pg in a module', `${clouds}/tables.ts`, `import { Pool } from 'pg';`],
    ['6 pg in a surface', 'server/src/surfaces/rest.ts', `import pg from 'pg';`],
    ['6 drizzle-orm in a module', `${clouds}/tables.ts`, `import { text } from 'drizzle-orm/pg-core';`],
    ['6 queue in a module', `${clouds}/jobs.ts`, `import { PgBoss } from 'pg-boss';`],
    ['7 web to server', 'web/src/main.tsx', `import { servers } from '../../server/src/modules/clouds/index.ts';`],
    ['7 web test to server', 'web/src/main.test.tsx', `import { servers } from '../../server/src/modules/clouds/index.ts';`],
    ['7 sdk to web', 'sdk/src/cli.ts', `import { format } from '../../web/src/lib/format.ts';`],
    ['7 server to sdk', 'server/src/surfaces/rest.ts', `import { client } from '@switchyard/sdk';`],
    ['embedded to kernel', 'server/src/embedded/reach.ts', `import { log } from '#kernel/log.ts';`],
    ['kernel to embedded', 'server/src/kernel/database.ts', `import { startEmbedded } from '../embedded/index.ts';`],
  ])('%s', (_name, path, text) => {
    expect(brokenBoundaries([parse(path, text)])).toHaveLength(1);
  });

  test('8 a cycle of three files, and none where a type closes it', () => {
    const files = [parse('server/src/kernel/a.ts', `import { b } from './b.ts';`), parse('server/src/kernel/b.ts', `import './c.ts';`)];
    expect(importCycles([...files, parse('server/src/kernel/c.ts', `export { a } from './a.ts';`)])).toEqual([
      'server/src/kernel/a.ts -> server/src/kernel/b.ts -> server/src/kernel/c.ts -> server/src/kernel/a.ts',
    ]);
    expect(importCycles([...files, parse('server/src/kernel/c.ts', `import type { a } from './a.ts';`)])).toEqual([]);
  });

  test('a problem that is not in the catalogue', () => {
    const problems = parse(`${clouds}/problems.ts`, `defineProblems({\n  'server-not-found': { status: 404 },\n});`);
    const use = (slug: string) => parse(`${clouds}/rules.ts`, `throw new Problem('${slug}', 'why');`);
    expect(problemFaults([problems, use('server-not-found')])).toEqual([]);
    expect(problemFaults([problems, use('server-lost')])).toEqual([`${clouds}/rules.ts throws 'server-lost', which no problems.ts defines`]);
  });

  test('a suppression without its reason', () => {
    const off = (line: string) => unexplained([parse('server/src/x.ts', line)]);
    expect(off('// oxlint-disable-next-line no-console')).toHaveLength(1);
    expect(off('/* oxlint-disable max-lines -- todo */')).toHaveLength(1);
    expect(off('// oxlint-disable-next-line no-console -- the command line speaks to people')).toEqual([]);
  });

  test('a file of 301 lines, and not one of 300', () => {
    expect(tooLong([parse('server/src/long.ts', 'x\n'.repeat(301))])).toHaveLength(1);
    expect(tooLong([parse('server/src/long.ts', 'x\n'.repeat(300))])).toEqual([]);
  });
});

test('what the rules allow passes: the door, the port, the wiring, tests', () => {
  const allowed = [
    parse(
      'server/src/modules/clouds/operations/servers.create.ts',
      `import { dnsZonesGet } from '#modules/dns/index.ts';\nimport { Cloud } from '../providers/port.ts';\nimport { z } from 'zod';`,
    ),
    parse('server/src/modules/clouds/providers/hetzner.ts', `import { pace } from './pace.ts';`),
    parse(
      'server/src/modules/clouds/index.ts',
      `import { serversCreate } from './operations/servers.create.ts';\nexport { serversCreate };\nexport type { Server } from './schemas.ts';\nexport const clouds = defineModule({});`,
    ),
    parse(
      'server/src/app.ts',
      `import { hetzner } from '#modules/clouds/providers/hetzner.ts';\nimport { startEmbedded } from './embedded/index.ts';`,
    ),
    parse('server/src/modules/clouds/servers.test.ts', `import pg from 'pg';\nimport { hetzner } from './providers/hetzner.ts';`),
    parse('e2e/journey.test.ts', `import { client } from '@switchyard/sdk';`),
    parse(
      'server/src/kernel/notes.ts',
      `/* import x from '#modules/clouds/index.ts'; */\n// import y from 'fastify';\nconst text = "from 'fastify'";`,
    ),
  ];
  expect(brokenBoundaries(allowed)).toEqual([]);
});
