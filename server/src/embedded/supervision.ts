import { join } from 'node:path';
import { startGuard, type Guard } from './guard.ts';
import { inherit } from './login.ts';
import type { Reached } from './reach.ts';
import { StartError, asStartError } from './start-error.ts';

interface Supervised {
  home: string;
  throwaway: boolean;
  first: Reached;
  /** Looks for the server at its port, and starts it there when it is gone. */
  find: (port: number) => Promise<Reached>;
  log: (line: string) => void;
  onLost: ((error: StartError) => void) | undefined;
}

/** More than this many restarts in a minute is not bad luck. */
const RESTARTS_PER_MINUTE = 20;

/** Keeps a session with the server; when it breaks, the server is looked for and brought back at the same port. Answers how to stop. */
export function supervise({ home, throwaway, first, find, log, onLost }: Supervised): () => Promise<void> {
  let guard: Guard | undefined;
  let current = first;
  let recovery: Promise<void> | undefined;
  let stopping = false;
  let restarts: number[] = [];

  const hold = (reached: Reached): void => {
    current = reached;
    if (reached.owner) guard ??= startGuard(home, throwaway);
    else guard = void guard?.dismiss();
    reached.client.once('end', () => {
      if (!stopping) recovery = recover();
    });
  };

  const recover = async (): Promise<void> => {
    const now = Date.now();
    restarts = [...restarts.filter((at) => now - at < 60_000), now];
    try {
      if (restarts.length > RESTARTS_PER_MINUTE)
        throw new StartError('The embedded PostgreSQL keeps stopping.', `Read ${join(home, 'postgresql.log')}.`);
      log('the connection to the embedded PostgreSQL was lost; looking for it');
      const reached = await find(first.port);
      if (stopping) return await letGo(reached);
      log('the embedded PostgreSQL is back');
      hold(reached);
    } catch (error) {
      if (!stopping)
        onLost?.(
          asStartError(error) ??
            new StartError(`The embedded PostgreSQL could not be started again: ${String(error)}`, `Read ${join(home, 'postgresql.log')}.`),
        );
    }
  };

  /** It came back while we were stopping, after the guard had done its work. */
  const letGo = async ({ client, owner }: Reached): Promise<void> => {
    await client.end();
    if (owner) await startGuard(home, throwaway).stop();
  };

  const stop = async (): Promise<void> => {
    stopping = true;
    if (!guard && (await inherit(current.client))) guard = startGuard(home, throwaway);
    const closed = current.client.end().catch(() => undefined);
    await (guard ? guard.stop() : closed);
    await recovery;
  };

  hold(first);
  let stopped: Promise<void> | undefined;
  return () => (stopped ??= stop());
}
