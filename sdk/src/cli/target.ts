import type { Io } from './io.ts';
import { readStore, type Saved } from './store.ts';

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
  const first = (flag: string | undefined, variable: string, saved: string | undefined): string | undefined => flag ?? (io.env[variable] || saved);
  const context = first(flags.context, 'SWITCHYARD_CONTEXT', store.current) ?? store.current;
  const saved = store.contexts[context];
  const url = (first(flags.url, 'SWITCHYARD_URL', saved?.url) ?? DEFAULT_URL).replace(/\/+$/, '');
  const own: Partial<Saved> = saved?.url === url ? saved : {};
  return { url, context, tenant: first(flags.tenant, 'SWITCHYARD_TENANT', own.tenant), token: first(flags.apiKey, 'SWITCHYARD_API_KEY', own.token) };
}
