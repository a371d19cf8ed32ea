import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from './exit.ts';
import type { Io } from './io.ts';

/** One installation and sign-in under a name. */
export interface Saved {
  url: string;
  tenant?: string;
  token?: string;
  email?: string;
  expiresAt?: string;
}
export interface Store {
  current: string;
  contexts: Record<string, Saved>;
}

/** XDG base directories; `SWITCHYARD_CONFIG_DIR` wins. */
export const configDir = ({ env }: Io): string =>
  env['SWITCHYARD_CONFIG_DIR'] ?? join(env['XDG_CONFIG_HOME'] || join(env['HOME'] ?? homedir(), '.config'), 'switchyard');
export const cacheDir = ({ env }: Io): string =>
  env['SWITCHYARD_CONFIG_DIR']
    ? join(env['SWITCHYARD_CONFIG_DIR'], 'cache')
    : join(env['XDG_CACHE_HOME'] || join(env['HOME'] ?? homedir(), '.cache'), 'switchyard');

const fileOf = (io: Io): string => join(configDir(io), 'contexts.json');

export function readStore(io: Io): Store {
  const file = fileOf(io);
  if (!existsSync(file)) return { current: 'default', contexts: {} };
  try {
    const { current = 'default', contexts = {} } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Store>;
    return { current, contexts };
  } catch {
    throw new UsageError(`${file} is not readable as JSON; repair it, or remove it and sign in again`);
  }
}

/** Whole or not at all, and never readable by others: there is a token in it. */
export function writeStore(io: Io, store: Store): void {
  mkdirSync(configDir(io), { recursive: true, mode: 0o700 });
  const next = `${fileOf(io)}.${process.pid}`;
  writeFileSync(next, `${JSON.stringify(store, null, 2)}\n`, { mode: 0o600 });
  chmodSync(next, 0o600);
  renameSync(next, fileOf(io));
}
