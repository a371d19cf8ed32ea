import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { demandTests, emptySuite, failure, summary } from '../lib/counts.mjs';

const folder = mkdtempSync(join(tmpdir(), 'switchyard-counts-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const lib = (name: string): string => fileURLToPath(new URL(`../lib/${name}`, import.meta.url));

describe('the summary', () => {
  test('ends with the plain counts over all suites, and names what failed and what was skipped', () => {
    const lines = summary([
      { name: 'server', passed: 40, failed: ['a refuses b'], skipped: [] },
      { name: 'e2e', passed: 2, failed: [], skipped: ['asks knot (knotd is absent)'] },
    ]).split('\n');
    expect(lines.at(-1)).toBe('42 passed, 1 failed, 1 skipped');
    expect(lines).toContain('  e2e: asks knot (knotd is absent)');
    expect(lines).toContain('  server: a refuses b');
  });

  test('says why a test failed below its name, without colours and not at any length', () => {
    expect(failure('a refuses b', `\u001B[31mexpected\u001B[39m\n\n${'more\n'.repeat(100)}`).split('\n')).toEqual([
      'a refuses b',
      '    expected',
      ...Array.from({ length: 24 }, () => '    more'),
    ]);
    expect(failure('a refuses b', undefined)).toBe('a refuses b');
  });

  test('a suite that ran no test is a failure', () => {
    expect(
      summary([demandTests(emptySuite('web'))])
        .split('\n')
        .at(-1),
    ).toBe('0 passed, 1 failed, 0 skipped');
    expect(demandTests({ ...emptySuite('web'), passed: 1 }).failed).toEqual([]);
    expect(demandTests({ ...emptySuite('web'), skipped: ['x'] }).failed).toEqual([]);
  });
});

describe('the reporter of the journeys', () => {
  const report = (...files: string[]) => {
    const out = join(folder, 'lines');
    const env = { ...process.env };
    delete env['NODE_TEST_CONTEXT'];
    const { status } = spawnSync(
      process.execPath,
      ['--test', `--test-reporter=${lib('node-reporter.mjs')}`, `--test-reporter-destination=${out}`, ...files],
      { env },
    );
    const lines = readFileSync(out, 'utf8').split('\n').filter(Boolean);
    return {
      status,
      tests: lines
        .map((line) => JSON.parse(line) as { name: string; state: string; note?: string })
        .map(({ name, state, note }) => [name, state, ...(note ? [note] : [])]),
    };
  };

  test('counts tests, not groups, with the reasons of those left out', () => {
    const path = file(
      'mixed.test.mjs',
      `import { describe, test } from 'node:test';
       describe('group', () => { test('good', () => {}); test('bad', () => { throw new Error('no'); }); });
       test('absent', { skip: 'knotd is absent' }, () => {});
       test('later', { todo: true }, () => {});`,
    );
    const { status, tests } = report(path);
    expect(status).toBe(1);
    expect(tests.toSorted(([a = ''], [b = '']) => a.localeCompare(b))).toEqual([
      ['absent', 'skipped', 'knotd is absent'],
      ['bad', 'failed', 'no'],
      ['good', 'passed'],
      ['later', 'skipped'],
    ]);
  });

  test('a file that cannot be loaded is a failed test', () => {
    const { status, tests } = report(file('broken.test.mjs', `import './nowhere.mjs';`));
    expect(status).toBe(1);
    expect(tests.map(([, state]) => state)).toEqual(['failed']);
  });
});

describe('the reporter of Vitest', () => {
  const report = (files: Record<string, string>) => {
    const root = mkdtempSync(join(folder, 'vitest-'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
    const projects = `[{ test: { name: 'one', include: ['*.one.mjs'] } }, { test: { name: 'two', include: ['*.two.mjs'] } }]`;
    writeFileSync(join(root, 'vitest.config.mjs'), `export default { test: { globals: true, projects: ${projects} } };`);
    const out = join(root, 'counts');
    const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
    const env: NodeJS.ProcessEnv = { ...process.env, COUNTS_FILE: out };
    for (const name of Object.keys(env)) if (name.startsWith('VITEST') || name === 'NODE_OPTIONS' || name === 'TEST') delete env[name];
    const { status } = spawnSync(process.execPath, [vitest, 'run', '--root', root, `--reporter=${lib('vitest-reporter.mjs')}`], { env });
    return { status, suites: JSON.parse(readFileSync(out, 'utf8')) as unknown };
  };

  test('gives each project its counts, a broken file its failure, and an idle project one too', () => {
    const { status, suites } = report({
      'a.one.mjs': `import { test, expect } from '${fileURLToPath(new URL('../../node_modules/vitest/dist/index.js', import.meta.url))}';
        test('good', () => {}); test('bad', () => expect(1).toBe(2)); test.skip('left out', () => {}); test('absent', (t) => t.skip('no knotd'));`,
      'b.one.mjs': `import './nowhere.mjs';`,
    });
    expect(status).toBe(1);
    expect(suites).toMatchObject([
      {
        name: 'one',
        passed: 1,
        failed: expect.arrayContaining([expect.stringMatching(/^a\.one\.mjs > bad\n {4}expected 1 to be 2/), expect.stringContaining('b.one.mjs: ')]),
        skipped: ['a.one.mjs > left out', 'a.one.mjs > absent (no knotd)'],
      },
      { name: 'two', passed: 0, failed: ['no test ran'], skipped: [] },
    ]);
  });
});
