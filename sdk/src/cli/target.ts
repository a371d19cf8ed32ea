import type { Io } from './io.ts';
import { readStore } from './store.ts';

/** Where a command goes, and as whom. */
export interface Target {
  url: string;
  tenant: string | undefined;
  token: string | undefined;
  context: string;
}

export interface GlobalFlags {
  url?: string;
  tenant?: string;
  apiKey?: string;
  context?: string;
}

const DEFAULT_URL = 'http://localhost:8420';

/** Flags before environment before the saved context. A saved token is for its own address only and never sent to another. */
export function targetOf(io: Io, flags: GlobalFlags): Target {
  const store = readStore(io);
  const context = flags.context ?? io.env['SWITCHYARD_CONTEXT'] ?? store.current;
  const saved = store.contexts[context];
  const url = (flags.url ?? io.env['SWITCHYARD_URL'] ?? saved?.url ?? DEFAULT_URL).replace(/\/+$/, '');
  const own = saved?.url === url ? saved.token : undefined;
  return {
    url,
    context,
    tenant: flags.tenant ?? io.env['SWITCHYARD_TENANT'] ?? (saved?.url === url ? saved.tenant : undefined),
    token: flags.apiKey ?? io.env['SWITCHYARD_API_KEY'] ?? own,
  };
}
