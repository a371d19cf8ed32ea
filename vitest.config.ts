import { defineConfig } from 'vitest/config';

const unbuilt = ['**/node_modules/**', '**/dist/**'];
/** Read sources only; part of `npm run check`. */
const STATIC = 'server/test/architecture*.test.ts';
/** Start their own PostgreSQL or processes. */
const LAUNCHER = ['server/src/embedded/**/*.test.ts', 'scripts/**/*.test.ts'];

export default defineConfig({
  test: {
    // Two cores: a third worker makes each slower and the whole no faster.
    maxWorkers: 2,
    // Walks over every operation on every surface take long, and longer the more there are; a machine may have more to do besides.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    projects: [
      { test: { name: 'static', include: [STATIC], exclude: unbuilt } },
      {
        test: {
          name: 'server',
          include: ['server/**/*.test.ts', 'sdk/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: [...unbuilt, STATIC, ...LAUNCHER],
          globalSetup: ['server/test/postgres.ts'],
        },
      },
      { test: { name: 'launcher', include: LAUNCHER, exclude: unbuilt } },
      'web/vitest.config.ts',
    ],
  },
});
