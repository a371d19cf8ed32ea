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
/**
 * Each in a process of its own: the first puts something else in a module's place, which takes Vite's own reading of modules; the others
 * look at what a process remembers, or takes.
 */
const ALONE = ['server/src/modules/exchange/ssh/lab.test.ts', 'server/src/kernel/planned.test.ts', 'server/test/webhooks/soak.test.ts'];
/** Node reads the sources as it does for users: thousands of modules come sooner, and calls between them are not looked up by name. */
const AS_NODE_DOES = { viteModuleRunner: false, nodeLoader: false };

/** Room, in MB, for what lives for one call only: with less of it a tenth of a server test goes into looking what is still in use. */
const ROOM = ['--max-semi-space-size=64'];

export default defineConfig({
  test: {
    // One more than cores: most of what takes long waits for a clock or another process for a fifth of its time.
    maxWorkers: 3,
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
          exclude: [...unbuilt, ...ALONE, ...LAUNCHER],
          globalSetup: ['server/test/postgres.ts'],
          experimental: AS_NODE_DOES,
          execArgv: ROOM,
          // Reading 2,400 modules anew for each file took a third of the time.
          isolate: false,
        },
      },
      {
        test: {
          name: 'system',
          include: ['server/test/**/*.test.ts'],
          exclude: [...unbuilt, STATIC, ...ALONE],
          globalSetup: ['server/test/postgres.ts', 'server/test/bundle.ts'],
          experimental: AS_NODE_DOES,
          execArgv: ROOM,
          isolate: false,
        },
      },
      { test: { name: 'alone', include: ALONE, exclude: unbuilt, globalSetup: ['server/test/postgres.ts'] } },
      { test: { name: 'launcher', include: LAUNCHER, exclude: unbuilt } },
      'web/vitest.config.ts',
    ],
  },
});
