import pg from 'pg';

const RETRY_MS = 250;
const PATIENCE = { connectionTimeoutMillis: 5_000, query_timeout: 5_000 };

/** A sign of life: others see in `pg_locks` that it is held, and that it is gone the moment its session is. */
export interface SessionLock {
  close: () => Promise<void>;
}

/** Holds an advisory lock (space, number) on a session of its own, which is opened again when it is lost. */
export async function holdLock(url: string, space: number, number: number, onError: (error: Error) => void): Promise<SessionLock> {
  let client: pg.Client | undefined;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;

  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url, application_name: 'switchyard:alive', keepAlive: true, ...PATIENCE });
    let lost = false;
    const lose = (error: Error): void => {
      if (lost) return;
      lost = true;
      client = undefined;
      void next.end().catch(() => undefined);
      if (closed) return;
      onError(error);
      retry = setTimeout(() => void connect(), RETRY_MS);
    };
    next.on('error', lose);
    next.on('end', () => lose(new Error('the session that says that we live has ended')));
    try {
      await next.connect();
      await next.query('select pg_advisory_lock($1, $2)', [space, number]);
    } catch (error) {
      return lose(error as Error);
    }
    if (closed) return void (await next.end().catch(() => undefined));
    client = next;
  };
  await connect();
  return {
    async close() {
      closed = true;
      clearTimeout(retry);
      await client?.end().catch(() => undefined);
    },
  };
}
