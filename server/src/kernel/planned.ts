import type { Socket } from 'node:net';
import type pg from 'pg';

const corked = new WeakSet<Socket>();

/** What is written until the next tick leaves in one packet: round trips saved, and context switches on both sides. */
export function together(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  if (corked.has(stream)) return;
  corked.add(stream);
  stream.cork();
  process.nextTick(() => {
    corked.delete(stream);
    stream.uncork();
  });
}

/** So many plans a connection keeps at most; statements beyond them, and those asked once, are planned each time. */
const MOST = 400;
const names = new Map<string, string>();
const once = new Set<string>();

/** Name of a statement that comes again. Only its text decides, which is ours; values are never part of it. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST) return known;
  if (once.delete(text)) {
    const name = `again_${names.size}`;
    names.set(text, name);
    return name;
  }
  if (once.size >= MOST) once.clear();
  once.add(text);
  return undefined;
}

/**
 * The same connection, on which statements that come again are parsed and planned once, and those asked together leave together.
 * PostgreSQL itself goes on planning for the values where that is worth more than it costs (plan_cache_mode = auto).
 */
export function plannedOnce(client: pg.PoolClient): pg.PoolClient {
  const ask = (config: pg.QueryConfig | string, values?: unknown[]): Promise<pg.QueryResult> => {
    together(client);
    const hasValues = (values ?? (typeof config === 'string' ? undefined : config.values))?.length;
    if (typeof config === 'string' || !hasValues || config.name !== undefined) return client.query(config as pg.QueryConfig, values);
    const name = nameOf(config.text);
    return client.query(name === undefined ? config : { ...config, name }, values);
  };
  return Object.create(client, { query: { value: ask } }) as pg.PoolClient;
}
