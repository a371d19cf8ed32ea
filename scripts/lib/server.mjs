import { builder, digestOf } from './built.mjs';
import { at } from './paths.mjs';

/** What runs: the server of server/src/main.ts in few files. */
export const SERVER = at('server', 'dist', 'main.mjs');

/** Builds the server into server/dist. */
export const buildServer = builder({
  name: 'server',
  what: 'the server',
  product: SERVER,
  sources: () => digestOf({ files: [at('server', 'build.ts')], folders: [at('server', 'src')] }),
  command: [at('server', 'build.ts')],
  cwd: at('server'),
});
