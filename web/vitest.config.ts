import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  test: {
    name: 'web',
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    setupFiles: ['./test/setup.ts'],
    css: false,
    // A document for each of a hundred files took longer than all of their tests.
    isolate: false,
    // As the other projects: Vitest refuses projects with different numbers in one group.
    maxWorkers: 3,
  },
});
