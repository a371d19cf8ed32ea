import tailwindcss from '@tailwindcss/vite';
import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env['SWITCHYARD_DEV_SERVER'] ?? 'http://127.0.0.1:8420';

/** What nearly every page behind sign-in is drawn with: alone these are two dozen files of some hundred bytes each. */
const DRAWN_WITH =
  /src.(ui.(badge|card|code-block|drawer|empty-state|environment|key-values|menu|money|page|progress|risk|skeleton|state|tabs|time)[.]tsx|lib.(formats|now|preferences|reader|stream)[.]ts|features.(team.avatar[.]tsx|auth.colour[.]ts|shell.waiting[.]ts))$/;

export default defineConfig({
  plugins: [
    tanstackRouter({ target: 'react', autoCodeSplitting: true, quoteStyle: 'single', routeFileIgnorePattern: '\\.test\\.' }),
    react(),
    tailwindcss(),
  ],
  // The manifest tells budget.ts which chunks the first route needs.
  build: {
    manifest: true,
    target: 'es2023',
    sourcemap: false,
    // What every page needs at first is one file instead of a dozen crumbs; the rest is split by route.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'first', tags: ['$initial'] },
            { name: 'drawn', test: DRAWN_WITH },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    // The Origin check of cookie sessions compares with the server's own address, so the proxy speaks in its name.
    proxy: Object.fromEntries(
      ['/api', '/docs', '/health', '/livez', '/readyz'].map((path) => [path, { target: server, changeOrigin: true, headers: { origin: server } }]),
    ),
  },
});
