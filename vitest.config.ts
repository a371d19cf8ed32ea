import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/lib/longest-first.mjs';

// What Node makes of the sources is kept for processes that tests start, as scripts keep it for theirs.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('.switchyard/compile-cache', import.meta.url));

const unbuilt = ['**/node_modules/**', '**/dist/**'];
/** Read sources only; part of `npm run check`. */
const STATIC = 'server/test/architecture*.test.ts';
/** Start their own PostgreSQL or processes. */
const LAUNCHER = ['server/src/embedded/**/*.test.ts', 'scripts/**/*.test.ts'];
/** Look at what a process remembers, load it heavily, start the product, or put something else in a module's place: each in a process of its own. */
const SYSTEM = ['server/test/**/*.test.ts', 'server/src/kernel/planned.test.ts', 'server/src/modules/exchange/ssh/lab.test.ts'];

export default defineConfig({
  test: {
    // Two cores: a third worker makes each slower and the whole no faster.
    maxWorkers: 2,
    // Walks over every operation on every surface take long, and longer the more there are; a machine may have more to do besides.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { name: 'static', include: [STATIC], exclude: unbuilt } },
      {
        test: {
          name: 'server',
          include: ['server/src/**/*.test.ts', 'sdk/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: [...unbuilt, ...SYSTEM, ...LAUNCHER],
          globalSetup: ['server/test/postgres.ts'],
          // Reading 1,500 modules anew for each file took a third of the time.
          isolate: false,
        },
      },
      { test: { name: 'system', include: SYSTEM, exclude: [...unbuilt, STATIC], globalSetup: ['server/test/postgres.ts', 'server/test/bundle.ts'] } },
      { test: { name: 'launcher', include: LAUNCHER, exclude: unbuilt } },
      'web/vitest.config.ts',
    ],
  },
});
