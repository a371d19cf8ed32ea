import { builder, digestOf } from './built.mjs';
import { at } from './paths.mjs';

/** One digest of everything that the built pages are made from. */
export const webSources = () => digestOf({ files: [], folders: [at('web'), at('sdk', 'src')] });

/** Builds the pages into web/dist. */
export const buildWeb = builder({
  name: 'web',
  what: 'the web application',
  product: at('web', 'dist', 'index.html'),
  sources: webSources,
  command: [at('web', 'node_modules', 'vite', 'bin', 'vite.js'), 'build'],
  cwd: at('web'),
});
