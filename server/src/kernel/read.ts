import pg from 'pg';
import type { Socket } from 'node:net';

/** Tenant, actor, request. */
export type ReadContext = readonly [tenantId: string, actorId: string, requestId: string];

/** What holds for the statements of one packet: whose rows they see, and that they change nothing. */
const CONTEXT = {
  name: 'sy_context',
  text: `select set_config('transaction_read_only', 'on', true), set_config('app.tenant_id', $1, true),
    set_config('app.actor_id', $2, true), set_config('app.request_id', $3, true)`,
};

/** Has that statement written and planned once on a new connection, ahead of everything else. */
export function prepareReads(client: pg.PoolClient): void {
  client.query({ ...CONTEXT, values: ['', '', ''] }).catch(() => undefined); // the first read will say it
}

/** The parts of the driver that its types leave out. */
interface Wire {
  stream: Socket;
  bind: (what: { statement: string; values: readonly string[] }) => void;
  execute: (what: object) => void;
}
declare class DriverQuery {
  queryMode: string;
  constructor(config: unknown, values: unknown, callback: (error: Error | null, result: pg.QueryResult) => void);
  submit(connection: Wire): Error | null;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Wire): void;
}

/**
 * A query with its context in front of it in the same packet. Until the Sync that ends the packet both are in one transaction of
 * PostgreSQL's own making (protocol, "Pipelining"), so a read needs no BEGIN and no COMMIT: two round trips of three are saved.
 */
class ReadQuery extends (pg.Query as unknown as typeof DriverQuery) {
  context: ReadContext = ['', '', ''];
  /** The answers that come first are the context's. */
  opening = true;

  override submit(connection: Wire): Error | null {
    this.queryMode = 'extended';
    connection.stream.cork();
    connection.bind({ statement: CONTEXT.name, values: this.context });
    connection.execute({});
    const refused = super.submit(connection);
    connection.stream.uncork();
    // Half a packet is on its way, so the connection is of no more use.
    if (refused) connection.stream.destroy(refused);
    return refused;
  }

  override handleDataRow(message: unknown): void {
    if (!this.opening) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: Wire): void {
    if (this.opening) this.opening = false;
    else super.handleCommandComplete(message, connection);
  }
}

/** A connection through which one tenant reads; `context` is set before each use. */
export interface Reader {
  client: pg.PoolClient;
  context: ReadContext;
}

const readers = new WeakMap<pg.PoolClient, Reader>();

/** The same connection, with whatever is asked through it asked in a context. */
export function readerOf(client: pg.PoolClient): Reader {
  const found = readers.get(client);
  if (found) return found;
  const ask = (config: unknown, values?: unknown): Promise<pg.QueryResult> =>
    new Promise((resolve, reject) => {
      const query = new ReadQuery(config, values, (error, result) => (error ? reject(error) : resolve(result)));
      query.context = reader.context;
      client.query(query as unknown as pg.Submittable);
    });
  const reader: Reader = { client: Object.create(client, { query: { value: ask } }) as pg.PoolClient, context: ['', '', ''] };
  readers.set(client, reader);
  return reader;
}
