import type { Database } from './database.ts';

const made = new WeakMap<Database, Map<string, unknown>>();

/**
 * A query that is built once for each connection, for what every call asks: building one costs more than running it. It must be named
 * (`.prepare(name)`), so that PostgreSQL plans it once as well, and take all its values by placeholder.
 */
export function prepared<T>(db: Database, name: string, build: () => T): T {
  let ofConnection = made.get(db);
  if (!ofConnection) made.set(db, (ofConnection = new Map()));
  let query = ofConnection.get(name) as T | undefined;
  if (query === undefined) ofConnection.set(name, (query = build()));
  return query;
}
