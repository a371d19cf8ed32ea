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
    testTimeout: 30_000,
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
      { test: { name: 'launcher', include: LAUNCHER, exclude: unbuilt, testTimeout: 120_000 } },
      'web/vitest.config.ts',
    ],
  },
});
