import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal } from './refusal.mjs';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** @param {string[]} parts */
export const at = (...parts) => join(ROOT, ...parts);

/** Folder for what is made while running; never committed. */
export const HOME = process.env.SWITCHYARD_HOME || at('.switchyard');

/** The Node 24 that the install brought, or our own when it is new enough to run TypeScript. */
export function node24() {
  const brought = at('node_modules', '.bin', 'node');
  if (existsSync(brought)) return brought;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  throw new Refusal(
    `No Node 24 came with the install for ${process.platform} on ${process.arch}, and this is Node ${process.versions.node}.`,
    'Use Node 22.18 or newer.',
  );
}

/**
 * Environment for our programs: the tools of the install first, then the folders where servers such as knotd lie. What Node made of our
 * sources is kept, so that the next process starts in half the time.
 */
export const toolEnvironment = () => ({
  NODE_COMPILE_CACHE: join(HOME, 'compile-cache'),
  ...process.env,
  PATH: [at('node_modules', '.bin'), process.env.PATH, '/usr/sbin', '/sbin'].filter(Boolean).join(':'),
});
