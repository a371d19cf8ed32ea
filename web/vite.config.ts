import tailwindcss from '@tailwindcss/vite';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const server = process.env['SWITCHYARD_DEV_SERVER'] ?? 'http://127.0.0.1:8420';

/** Signs that the first pages show, which would be a file of two hundred bytes each, or bring what else they are shown by. */
const SIGNS =
  /lucide-react.dist.esm.icons.(chevrons-up-down|circle-alert|circle-exclamation-point|circle-user-round|eye-off|key-round|languages|log-out|minus|play|plus|search|send|shield-check|sliders-horizontal|step-forward|user-round-check|users)[.]/;

/** What nearly every page behind sign-in is drawn with: alone these are two dozen files of some hundred bytes each. */
const DRAWN_WITH =
  /src.(ui.(badge|card|code-block|drawer|empty-state|environment|key-values|menu|money|page|progress|risk|skeleton|state|tabs|time)[.]tsx|lib.(formats|now|preferences|reader|stream)[.]ts|features.(team.avatar[.]tsx|auth.colour[.]ts|shell.waiting[.]ts))$/;

/**
 * What many pages have in common, by what it is for: each is one file instead of a dozen of some hundred bytes, of which every page would
 * name each one in the first load, to have it fetched in time.
 */
const SHARED = {
  fields: /src.ui.(input|field|checkbox|password-input)[.]tsx$/,
  planned: /src.(ui.diff(-view)?[.]tsx?|features.changes.(plan-view|impact|people-needed)[.]tsx?)$/,
  acted: /src.(features.review.[a-z-]+[.]tsx?|ui.(dialog|textarea|select|permission-gate)[.]tsx)$/,
};

/** Lays each built file beside itself in what browsers take instead, so that the server sends a third and packs nothing. */
const packed = (): Plugin => ({
  name: 'packed',
  apply: 'build',
  writeBundle({ dir }) {
    const folder = join(dir!, 'assets');
    for (const path of readdirSync(folder).map((name) => join(folder, name))) {
      const content = readFileSync(path);
      writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
      // The best (11) takes ten times as long and saves a twentieth.
      writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
    }
  },
});

export default defineConfig({
  plugins: [
    tanstackRouter({ target: 'react', autoCodeSplitting: true, quoteStyle: 'single', routeFileIgnorePattern: '\\.test\\.' }),
    react(),
    tailwindcss(),
    packed(),
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
            { name: 'drawn', test: new RegExp(`${SIGNS.source}|${DRAWN_WITH.source}`) },
            ...Object.entries(SHARED).map(([name, test]) => ({ name, test })),
          ],
        },
        // The first load names every file of every page: what they are called is said by the manifest.
        chunkFileNames: 'assets/[hash].js',
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
